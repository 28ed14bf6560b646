from odoo import api, fields, models

from ..models.event_registration import qr_png


class TibilletDoorPair(models.TransientModel):
    _name = "tibillet.door.pair"
    _description = "Pair a phone with a door"

    door_id = fields.Many2one("tibillet.door", required=True, readonly=True, ondelete="cascade")
    url = fields.Char("Address", required=True, readonly=True)
    qr = fields.Binary("QR code", compute="_compute_qr")

    @api.depends("url")
    def _compute_qr(self):
        for pair in self:
            pair.qr = qr_png(pair.url)
