import base64
import io
import uuid
from datetime import UTC

import qrcode

from odoo import api, fields, models

from .. import tokens
from ..exceptions import said
from .event_door import LATE

STOCK_ANSWERS = {
    "confirmed_registration": "in",
    "already_registered": "already",
    "canceled_registration": "cancelled",
    "unconfirmed_registration": "unpaid",
    "not_ongoing_event": "late",
    "need_manual_confirmation": "other",
}
COUNTED = ("state", "active", "event_id", "event_slot_id", "event_ticket_id")


class EventRegistration(models.Model):
    _inherit = "event.registration"

    tibillet_seat_key = fields.Char(
        "Key of the held seats",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The order whose held seats this attendee takes.",
    )
    tibillet_uuid = fields.Char("Ticket", required=True, readonly=True, copy=False, default=lambda s: str(uuid.uuid4()))
    tibillet_token = fields.Char("Signed ticket", compute="_compute_tibillet_token", compute_sudo=True)
    tibillet_qr = fields.Binary("QR code", compute="_compute_tibillet_qr", help="PNG of the signed ticket.")
    tibillet_inside = fields.Boolean("Inside", readonly=True, copy=False, help="Came in and did not leave.")
    tibillet_scan_ids = fields.One2many("tibillet.ticket.scan", "registration_id", "Scans", readonly=True)

    _tibillet_uuid_unique = models.UniqueIndex("(tibillet_uuid)", "Another ticket has this number.")

    @api.depends(
        "state", "tibillet_uuid", "event_id.tibillet_place_id", "event_id.date_end", "event_slot_id.end_datetime"
    )
    def _compute_tibillet_token(self):
        keys = self.env["tibillet.ticket.key"]
        for registration in self:
            place = registration.event_id.tibillet_place_id
            if not place or registration.state not in ("open", "done") or not registration.id:
                registration.tibillet_token = False
                continue
            key = keys._current(place)
            until = (registration.event_end_date + LATE).replace(tzinfo=UTC)
            token = tokens.Token(
                key.number, registration.event_id.id, registration.tibillet_uuid, int(until.timestamp())
            )
            registration.tibillet_token = tokens.write(token, key._sign)

    @api.depends("tibillet_token")
    def _compute_tibillet_qr(self):
        for registration in self:
            registration.tibillet_qr = registration.tibillet_token and qr_png(registration.tibillet_token)

    def _init_column(self, column_name):
        """Those who had booked before the addon came have tickets of their own, not one default for all."""
        if column_name == "tibillet_uuid":
            self.env.cr.execute(
                "UPDATE event_registration SET tibillet_uuid = gen_random_uuid() WHERE tibillet_uuid IS NULL"
            )
        return super()._init_column(column_name)

    @api.model
    def register_attendee(self, barcode, event_id):
        """Odoo's own scanning screen reads our signed tickets too, and its answers are kept."""
        events = self.env["event.event"].browse(event_id or ())
        registration, reason = events._tibillet_ticket(barcode, events.tibillet_place_id)
        if reason:
            return {"error": "invalid_ticket"}
        result = super().register_attendee(registration.barcode, event_id)
        answer = STOCK_ANSWERS.get(result.get("status"))
        if answer and events:
            registration.flush_recordset()
            if answer == "in":
                registration.sudo().tibillet_inside = True
            events.sudo()._tibillet_note(registration, answer, "", None)
        return result

    def _tibillet_renew_code(self):
        """Another code for these tickets: those sent before open no door any more."""
        for registration in self:
            registration.write({"tibillet_uuid": str(uuid.uuid4()), "barcode": self._get_random_barcode()})

    def _create(self, data_list):
        with said(self.env):
            return super()._create(data_list)

    def _write_multi(self, vals_list):
        # Here and not in `write`: a state that an order decides is written when the order is flushed.
        with said(self.env):
            return super()._write_multi(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(COUNTED):
            self.flush_recordset(COUNTED)
        return result


def qr_png(text):
    """A QR code of `text` as base64 of a PNG; a printer's smear over a seventh of it does no harm."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=6, border=2)
    code.add_data(text)
    stream = io.BytesIO()
    code.make_image().save(stream, "PNG")
    return base64.b64encode(stream.getvalue())
