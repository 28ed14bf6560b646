from datetime import timedelta

from odoo import api, fields, models

from .. import tokens

REFUSALS = ("already", "cancelled", "unpaid", "other", "early", "late", "forged")
LATE = timedelta(hours=12)  # after the end: the morning that follows


class EventDoor(models.Model):
    """The door of an event: what it is shown, and what it answers."""

    _inherit = "event.event"

    tibillet_reentry = fields.Boolean("Out and in again", help="Who leaves is scanned out, and may come back.")
    tibillet_door_opens = fields.Float(
        "Doors open", default=2, help="Hours before it begins; a ticket shown earlier is refused."
    )

    @api.model
    def _tibillet_ticket(self, shown, place):
        """(registration, reason) of what a door was shown: a signed ticket or a bar code; the reason is why not.

        :param place: whose tickets are read here; empty: the one that the ticket's event names
        """
        registrations = self.env["event.registration"].sudo().with_context(active_test=False)
        shown = (shown or "").strip()
        found = registrations.search([("barcode", "=", shown)]) or registrations.search(
            [("tibillet_uuid", "=", self._tibillet_uuid(shown, place))]
        )
        # A stranger's number says nothing here, not even a name.
        if place:
            found = found.filtered(lambda registration: registration.event_id.tibillet_place_id == place)
        return found, None if found else "forged"

    @api.model
    def _tibillet_uuid(self, shown, place):
        """The uuid (str) of a ticket that a standing key of `place` signed, or None."""
        try:
            token, _signature, _body = tokens.peek(shown)
            place = place or self.sudo().browse(token.event).exists().tibillet_place_id
            keys = self.env["tibillet.ticket.key"].sudo()
            key = keys.search([("place_id", "=", place.id), ("number", "=", token.key), ("revoked", "=", False)])
            return tokens.read(shown, key.public_key).uuid if key else None
        except tokens.Forged:
            return None

    def _check_in(self, shown, door="", leave=False, key=None, moment=None, decided=None):
        """Let a ticket in (or out): {answer, ...} as :meth:`_tibillet_answer` gives it. Two doors at once let one in.

        :param str shown: the signed ticket or the bar code
        :param bool leave: it goes out
        :param key: of this scan (str): told again, it is answered as the first time
        :param moment: when a door without a network decided (UTC); now if it asks
        :param decided: what that door answered; whom it refused did not come in, whatever we would have said
        """
        self.ensure_one()
        self.check_access("read")
        self.env["event.registration"].check_access("write")
        event = self.sudo()
        if key and (known := event.env["tibillet.ticket.scan"].search([("scan_key", "=", key)], limit=1)):
            return event._tibillet_answer(known.registration_id, known.answer)
        registration, reason = event._tibillet_ticket(shown, event.tibillet_place_id)
        if decided in REFUSALS:
            answer = decided
        else:
            answer = (
                reason or event._tibillet_refusal(registration, moment) or event._tibillet_pass(registration, leave)
            )
        event._tibillet_note(registration, answer, door, key, moment)
        return event._tibillet_answer(registration, answer)

    def _tibillet_refusal(self, registration, moment=None):
        """Why this attendee does not come in at all, or None."""
        if registration.event_id != self:
            return "other"
        if registration.state == "cancel" or not registration.active:
            return "cancelled"
        if registration.state == "draft":
            return "unpaid"
        now = moment or fields.Datetime.now()
        if now < registration.event_begin_date - timedelta(hours=self.tibillet_door_opens):
            return "early"
        if now > registration.event_end_date + LATE:
            return "late"
        return None

    def _tibillet_pass(self, registration, leave):
        """'in', 'out' or 'already', by one statement: of two doors the second finds the row as the first left it."""
        wanted = "AND tibillet_inside" if leave else "AND tibillet_inside IS NOT TRUE"
        if not leave and not self.tibillet_reentry:
            wanted += " AND state = 'open'"
        self.env.flush_all()
        self.env.cr.execute(
            f"""UPDATE event_registration SET state = 'done', tibillet_inside = %s,
                       date_closed = COALESCE(date_closed, now() AT TIME ZONE 'UTC')
                 WHERE id = %s AND state IN ('open', 'done') {wanted} RETURNING id""",
            [not leave, registration.id],
        )
        passed = self.env.cr.fetchone()
        registration.invalidate_recordset()
        if not passed:
            return "already"
        return "out" if leave else "in"

    def _tibillet_note(self, registration, answer, door, key, moment=None):
        self.env["tibillet.ticket.scan"].create(
            {
                "event_id": self.id,
                "registration_id": registration.id,
                "answer": answer,
                "door": door,
                "scan_key": key,
                "offline": bool(moment),
                "date": moment or fields.Datetime.now(),
            }
        )

    def _tibillet_answer(self, registration, answer):
        """What the door's screen shows: {answer, name, price, since, door, inside}."""
        first = registration.tibillet_scan_ids.filtered(lambda scan: scan.answer == "in").sorted("id")[-1:]
        return {
            "answer": answer,
            "uuid": registration.tibillet_uuid,
            "name": registration.name or "",
            "price": registration.event_ticket_id.name or "",
            "slot": registration.event_slot_id.display_name or "",
            "since": fields.Datetime.to_string(first.date) if answer == "already" and first else False,
            "door": first.door if answer == "already" else False,
            "inside": registration.tibillet_inside,
        }
