import hashlib
import secrets
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError

from .event_door import LATE

PAIRING = timedelta(minutes=10)
AT_ONCE = 200


def _hash(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


class TibilletDoor(models.Model):
    """A phone that scans at one event. It is paired by a QR code and holds a secret; only the secret's hash is kept here."""

    _name = "tibillet.door"
    _description = "Door"
    _order = "event_id, name, id"

    name = fields.Char(required=True, help="As the others know it: North, Artists, Balcony.")
    event_id = fields.Many2one("event.event", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    active = fields.Boolean(default=True, help="An archived door is let out at once.")
    pair_hash = fields.Char(readonly=True, copy=False, groups="base.group_system")
    pair_until = fields.Datetime(readonly=True, copy=False, groups="base.group_system")
    secret_hash = fields.Char(readonly=True, copy=False, groups="base.group_system")
    paired = fields.Boolean("Has a phone", compute="_compute_paired", compute_sudo=True)
    seen_on = fields.Datetime("Last heard of", readonly=True, copy=False)
    scan_count = fields.Integer("Scans", compute="_compute_scan_count")

    _secret_once = models.UniqueIndex("(secret_hash) WHERE secret_hash IS NOT NULL")
    _pair_once = models.UniqueIndex("(pair_hash) WHERE pair_hash IS NOT NULL")
    _name_once = models.UniqueIndex("(event_id, name)", "This event has a door of this name already.")

    @api.depends("secret_hash")
    def _compute_paired(self):
        for door in self:
            door.paired = bool(door.secret_hash)

    def _compute_scan_count(self):
        scans = self.env["tibillet.ticket.scan"]
        counts = scans._read_group([("event_id", "in", self.event_id.ids)], ["event_id", "door"], ["__count"])
        counts = {(event.id, door): count for event, door, count in counts}
        for door in self:
            door.scan_count = counts.get((door.event_id.id, door.name), 0)

    def action_pair(self):
        """Show a QR code that pairs one phone within ten minutes; the phone that was paired before is let out."""
        self.ensure_one()
        self.check_access("write")
        code = secrets.token_urlsafe(24)
        self.sudo().write(
            {"pair_hash": _hash(code), "pair_until": fields.Datetime.now() + PAIRING, "secret_hash": False}
        )
        values = {"door_id": self.id, "url": f"{self.get_base_url()}/door#{code}"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pair a phone"),
            "res_model": "tibillet.door.pair",
            "res_id": self.env["tibillet.door.pair"].create(values).id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _redeem(self, code):
        """The secret (str) of the phone that shows a pairing code; each code once.

        :raise UserError: used already, too old, or none of ours
        """
        secret = secrets.token_urlsafe(32)
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE tibillet_door SET secret_hash = %s, pair_hash = NULL, pair_until = NULL
                WHERE pair_hash = %s AND pair_until > now() AT TIME ZONE 'UTC' AND active RETURNING id""",
            [_hash(secret), _hash(code or "")],
        )
        if not self.env.cr.fetchone():
            raise UserError(self.env._("This code is used or too old: ask the organiser for another."))
        self.invalidate_model(["secret_hash", "pair_hash", "pair_until"])
        return secret

    @api.model
    def _of_secret(self, secret):
        """The door (sudo) of a phone; AccessDenied when it was let out."""
        door = self.sudo().search([("secret_hash", "=", _hash(secret or ""))], limit=1)
        if not door:
            raise AccessDenied()
        return door

    def _version(self):
        """A text that changes whenever what a phone is given does."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT concat_ws('|',
                   (SELECT concat_ws(' ', max(write_date), count(*) FILTER (WHERE active), count(*) FILTER (WHERE state = 'open'),
                                     count(*) FILTER (WHERE state = 'cancel'))
                      FROM event_registration WHERE event_id = event.id),
                   (SELECT max(id) FROM tibillet_ticket_scan WHERE event_id = event.id),
                   (SELECT string_agg(number::text, ',' ORDER BY number) FROM tibillet_ticket_key
                     WHERE place_id = event.tibillet_place_id AND NOT revoked IS TRUE),
                   event.write_date, %s::text)
                 FROM event_event event WHERE event.id = %s""",
            [self.name, self.event_id.id],
        )
        return self.env.cr.fetchone()[0]

    def _preload(self, known=None):
        """All that a phone needs to decide alone: {version, event, door, keys, tickets, ...}.

        :param known: the version that the phone has; the same still: {version} is all
        """
        event = self.event_id
        # Each minute at most: it is a sign of life, not a log.
        if not self.seen_on or self.seen_on < fields.Datetime.now() - timedelta(minutes=1):
            self.seen_on = fields.Datetime.now()
        keys, place = self.env["tibillet.ticket.key"], event.tibillet_place_id
        if place:
            keys = keys._current(place)
            keys |= keys.search([("place_id", "=", place.id), ("revoked", "=", False)])
        version = self._version()
        if version == known:
            return {"version": version}
        tickets = self.env["event.registration"].search_fetch(
            [("event_id", "=", event.id), ("active", "=", True)],
            ["tibillet_uuid", "name", "event_ticket_id", "state", "tibillet_inside", "barcode", "event_slot_id"],
        )
        return {
            "version": version,
            "event": {"id": event.id, "name": event.name, "reentry": event.tibillet_reentry},
            **self._hours(event.date_begin, event.date_end),
            "slots": {slot.id: self._hours(slot.start_datetime, slot.end_datetime) for slot in event.event_slot_ids},
            "door": self.name,
            "keys": {str(key.number): key.public_key for key in keys},
            "tickets": [
                [
                    ticket.tibillet_uuid,
                    ticket.name or "",
                    ticket.event_ticket_id.name or "",
                    ticket.state,
                    bool(ticket.tibillet_inside),
                    ticket.barcode,
                    ticket.event_slot_id.id,
                ]
                for ticket in tickets
            ],
        }

    def _hours(self, begin, end):
        """When this door takes a ticket, in Unix seconds."""
        return {
            "opens": int((begin - timedelta(hours=self.event_id.tibillet_door_opens)).timestamp()),
            "ends": int((end + LATE).timestamp()),
        }

    def _scan(self, shown, key, leave=False):
        """What the screen shows for a ticket, decided here and now: as :meth:`event.event._check_in`."""
        return self.event_id._check_in(shown, self.name, leave=leave, key=self._own(key))

    def _sync(self, scans):
        """Take what the phone decided alone, in its order; each once, however often it is told.

        :param scans: [{key, shown, leave, at (Unix seconds), answer (what the phone said)}]
        :return: [{key, answer, name, since, door}] of those that the phone let in and that were in already
        """
        if len(scans) > AT_ONCE:
            raise UserError(self.env._("At most %s scans are told at once.", AT_ONCE))
        twice = []
        now = fields.Datetime.now()
        for scan in sorted(scans, key=lambda scan: scan["at"]):
            moment = min(datetime.fromtimestamp(int(scan["at"])), now)
            told = self.event_id._check_in(
                str(scan["shown"]),
                self.name,
                leave=bool(scan.get("leave")),
                key=self._own(scan["key"]),
                moment=moment,
                decided=scan.get("answer"),
            )
            if scan.get("answer") == "in" and told["answer"] != "in":
                twice.append({**told, "key": scan["key"]})
        return twice

    def _own(self, key):
        """A phone's key of a scan, which no other door can tell."""
        return f"door:{self.id}:{key}"
