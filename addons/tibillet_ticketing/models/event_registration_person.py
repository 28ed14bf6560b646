from odoo import api, models


class EventRegistrationPerson(models.Model):
    _inherit = "event.registration"

    @api.constrains("event_id", "state", "active", "email", "partner_id")
    def _check_tibillet_person(self):
        standing = self.filtered(lambda registration: registration.active and registration.state != "cancel")
        for event, registrations in standing.grouped("event_id").items():
            event.sudo()._tibillet_check_person(registrations)

    def _tibillet_may_exceed(self):
        """An administrator of events who adds attendees by hand; not a sale that runs in their name."""
        return not self.env.su and self.env.user.has_group("event.group_event_manager")
