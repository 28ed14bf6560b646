from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize

from .seat_hold import HELD_MINUTES


class EventPerson(models.Model):
    """How many tickets one person takes: those of one e-mail address, and those booked by one contact."""

    _inherit = "event.event"

    tibillet_limit_per_person = fields.Integer(
        "Tickets per person",
        help="The most that one e-mail address or one contact takes of this event, over all orders; 0 is no limit. "
        "An administrator of events may add more by hand.",
    )

    _tibillet_limit_positive = models.Constraint(
        "CHECK (tibillet_limit_per_person >= 0)", "A number of tickets per person is zero (no limit) or more."
    )

    def _tibillet_check_person(self, registrations):
        """Refuse these attendees (of this event) where one person would have more tickets than the event allows.

        :raise ValidationError: says who, and how many
        """
        self.ensure_one()
        limit = self.tibillet_limit_per_person
        if not limit:
            return
        # Who is paying counts as long as their seats are held; a cart that was left does not.
        fresh = fields.Datetime.subtract(fields.Datetime.now(), minutes=HELD_MINUTES)
        standing = Domain("state", "in", ("open", "done")) | (
            Domain("state", "=", "draft") & Domain("create_date", ">=", fresh)
        )
        rows = registrations.search(Domain("event_id", "=", self.id) & standing)
        for field, who in (("partner_id", self._tibillet_booker), ("email", email_normalize)):
            taken = {}
            for row in rows:
                taken.setdefault(who(row[field] or ""), []).append(row)
            for row in registrations:
                person = who(row[field] or "")
                if person and len(taken.get(person, ())) > limit:
                    raise ValidationError(
                        self.env._(
                            "%(event)s: %(limit)s tickets per person at most, and %(person)s would have %(count)s.",
                            event=self.name,
                            limit=limit,
                            person=row.email or row.partner_id.name or row.name,
                            count=len(taken[person]),
                        )
                    )

    @api.model
    def _tibillet_booker(self, partner):
        """The contact who booked; not the one that all visitors of a site share."""
        users = partner and partner.with_context(active_test=False).user_ids
        return partner and not any(user._is_public() for user in users) and partner
