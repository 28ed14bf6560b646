from odoo import models


class EventMail(models.Model):
    _inherit = "event.mail"

    def _send_mail(self, registrations):
        """Our ticket mail holds every ticket of a booking that goes to the same address: one mail, not one each."""
        if self.template_ref == self.env.ref("tibillet_ticketing_website.mail_ticket", raise_if_not_found=False):
            registrations = registrations._tibillet_heads()
        result = super()._send_mail(registrations)
        # A ticket does not wait for the hour.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return result


class EventType(models.Model):
    _inherit = "event.type"

    def _default_event_mail_type_ids(self):
        """A new event sends our ticket: with its calendar file, and the way to pass it on or cancel it."""
        ours = self.env.ref("tibillet_ticketing_website.mail_ticket", raise_if_not_found=False)
        lines = super()._default_event_mail_type_ids()
        if ours:
            for _command, _id, values in lines:
                if values.get("interval_type") == "after_sub":
                    values["template_ref"] = f"mail.template,{ours.id}"
        return lines
