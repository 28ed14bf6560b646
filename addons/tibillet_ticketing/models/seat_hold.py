from odoo import api, fields, models

from .. import seats
from ..exceptions import said

HELD_MINUTES = 15


class TibilletSeatHold(models.Model):
    """Seats kept for somebody who is paying. PostgreSQL writes the rows (``seats/seats.sql``); this shows them."""

    _name = "tibillet.seat.hold"
    _description = "Seats held"
    _auto = False
    _order = "expires_at"
    _rec_name = "key"

    key = fields.Char(readonly=True)
    event_id = fields.Many2one("event.event", readonly=True)
    slot_id = fields.Many2one("event.slot", readonly=True)
    ticket_id = fields.Many2one("event.event.ticket", "Price", readonly=True)
    seats = fields.Integer(readonly=True)
    expires_at = fields.Datetime("Held until", readonly=True)
    company_id = fields.Many2one(related="event_id.company_id")

    def init(self):
        # The functions name tables that a fresh install has not made yet.
        self.env.cr.execute("SET LOCAL check_function_bodies = off")
        seats.install(self.env.cr)

    @api.model
    def _hold(self, key, wanted, minutes=HELD_MINUTES):
        """Hold seats at once and for everybody to see; asked again under the same key, it replaces what was held.

        The caller's transaction does not see it if it began before: :func:`odoo.addons.tibillet_ticketing.seats.hold`.

        :param wanted: {(event id, slot id or None, ticket id or None): seats}
        :return: the moment until when (UTC)
        :raise SeatsGone: then nothing is held that was not before
        """
        with said(self.env):
            seats.hold(self.env, key, wanted, minutes)
        return fields.Datetime.add(fields.Datetime.now(), minutes=minutes)

    @api.model
    def _release(self, key):
        """Give back what `key` holds; returns the seats (int)."""
        return seats.release(self.env, key)

    @api.model
    def _held(self, key):
        """{(event id, slot id or None, ticket id or None): seats} still held under `key`."""
        self.env.cr.execute(
            "SELECT event_id, slot_id, ticket_id, seats FROM tibillet_seat_hold WHERE key = %s AND seats > 0", [key]
        )
        return {(event, slot, ticket): count for event, slot, ticket, count in self.env.cr.fetchall()}

    @api.model
    def _trim(self, key, wanted):
        """Give back what `key` holds above `wanted`, together with what this transaction writes."""
        self.env.flush_all()
        seats.trim(self.env, key, wanted)

    @api.model
    def _held_by(self, column, ids):
        """{id: seats held now by others} by `column`: 'event_id', 'slot_id' or 'ticket_id'.

        Others: not the buyer whose key the context names, less what their unpaid attendees will take.
        """
        held_now = [(column, "in", ids), ("seats", ">", 0), ("expires_at", ">", fields.Datetime.now())]
        rows = self.sudo()._read_group(held_now, [column], ["seats:sum"])
        held = {record.id: count for record, count in rows}
        if key := self.env.context.get("tibillet_seat_key"):
            for ref in held:
                held[ref] -= self._mine(key, column, ref)
        return held

    @api.model
    def _mine(self, key, column, ref):
        """Seats under `key` that no attendee of its own will take yet (int)."""
        attendee = {"event_id": "event_id", "slot_id": "event_slot_id", "ticket_id": "event_ticket_id"}[column]
        mine = [("key", "=", key), (column, "=", ref), ("expires_at", ">", fields.Datetime.now())]
        mine = sum(self.sudo().search(mine).mapped("seats"))
        drafts = [("tibillet_seat_key", "=", key), ("state", "=", "draft"), (attendee, "=", ref)]
        return max(0, mine - self.env["event.registration"].sudo().search_count(drafts))

    @api.model
    def _until(self, key):
        """The moment until when `key` holds seats (UTC), or None."""
        self.env.cr.execute(
            """SELECT min(expires_at) FROM tibillet_seat_hold
                WHERE key = %s AND seats > 0 AND expires_at > now() AT TIME ZONE 'UTC'""",
            [key],
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _cron_expire(self):
        """Give back what was held too long: each minute, though a sold-out quota looks for it by itself."""
        return seats.expire(self.env)
