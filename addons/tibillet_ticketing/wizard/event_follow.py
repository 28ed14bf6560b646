from odoo import Command, api, fields, models

from ..localtime import at_clock, to_local, to_utc

TEXTS = ("name", "subtitle", "description", "note", "ticket_instructions", "badge_format", "badge_image")
DETAILS = (
    "tibillet_kind",
    "tibillet_place_id",
    "address_id",
    "event_url",
    "organizer_id",
    "user_id",
    "tag_ids",
    "question_ids",
    "lang",
    "seats_limited",
    "seats_max",
    "tibillet_limit_per_person",
    "tibillet_reentry",
    "tibillet_door_opens",
)


class TibilletEventFollow(models.TransientModel):
    """What was changed on one date of a series, for the dates that follow."""

    _name = "tibillet.event.follow"
    _description = "Change the following dates"

    event_id = fields.Many2one("event.event", required=True, readonly=True, ondelete="cascade")
    following_ids = fields.Many2many("event.event", compute="_compute_following_ids")
    following_count = fields.Integer("Following dates", compute="_compute_following_ids")
    texts = fields.Boolean("Name and texts", compute="_compute_changes", store=True, readonly=False)
    hours = fields.Boolean("Hours", compute="_compute_changes", store=True, readonly=False)
    prices = fields.Boolean(
        "Prices, their limits and shared places", compute="_compute_changes", store=True, readonly=False
    )
    details = fields.Boolean(
        "Place, people, tags, questions, limits, door", compute="_compute_changes", store=True, readonly=False
    )
    publication = fields.Boolean("Publication and stage", compute="_compute_changes", store=True, readonly=False)
    booked = fields.Char("Those that have attendees", compute="_compute_following_ids")

    @api.depends("event_id")
    def _compute_following_ids(self):
        for wizard in self:
            event = wizard.event_id
            following = event.tibillet_recurrence_id.event_ids.filtered(
                lambda other, event=event: other.tibillet_recurrence_date > event.tibillet_recurrence_date
            )
            wizard.following_ids = following
            wizard.following_count = len(following)
            wizard.booked = ", ".join(following._tibillet_taken()._tibillet_named())

    @api.depends("event_id")
    def _compute_changes(self):
        """What differs from a date that follows is what was changed here."""
        for wizard in self:
            event, following = wizard.event_id, wizard.following_ids
            wizard.texts = any(wizard._values(TEXTS, one) != wizard._values(TEXTS) for one in following)
            wizard.details = any(wizard._values(DETAILS, one) != wizard._values(DETAILS) for one in following)
            wizard.publication = any(one._tibillet_shown() != event._tibillet_shown() for one in following)
            wizard.hours = any(wizard._at_hours(one) != (one.date_begin, one.date_end) for one in following)
            wizard.prices = any(one._tibillet_prices() != event._tibillet_prices() for one in following)

    def _values(self, names, event=None):
        """What `event` has in these fields, as it is written ({field: value})."""
        event = event or self.event_id
        values = {}
        for name in names:
            if field := event._fields.get(name):
                many = field.type == "many2many"
                values[name] = [Command.set(event[name].ids)] if many else field.convert_to_write(event[name], event)
        return values

    def _at_hours(self, other):
        """(begin, end) in UTC of `other` at the hours of our event, on the date on which it takes place."""
        event, zone = self.event_id, other.date_tz
        begin, end = to_local(event.date_begin, event.date_tz), to_local(event.date_end, event.date_tz)
        wall = at_clock(other._tibillet_local_date(), begin)
        return to_utc(wall, zone), to_utc(wall + (end - begin), zone)

    def action_apply(self):
        self.ensure_one()
        event, following = self.event_id, self.following_ids
        following.check_access("write")
        values = {}
        if self.texts:
            values |= self._values(TEXTS)
        if self.details:
            values |= self._values(DETAILS)
        if self.publication:
            values |= event._tibillet_shown()
        if values:
            following.write(values)
        if self.texts:
            kept = [name for name in event._fields if name not in TEXTS]
            for one in following:
                event.copy_translations(one, excluded=kept)
        if self.hours:
            # Whoever has a ticket has it for an hour: theirs is changed by hand, and they are told.
            for one in following - following._tibillet_taken():
                begin, end = self._at_hours(one)
                one.write({"date_begin": begin, "date_end": end})
        if self.prices:
            following._tibillet_take_prices(event)
        event.tibillet_recurrence_id.model_event_id = event
        return event.action_open_series()
