from odoo import fields, models


class TibilletCardBatch(models.Model):
    _name = "tibillet.card.batch"
    _description = "Card batch"
    _order = "id desc"

    name = fields.Char(required=True)
    place_id = fields.Many2one("tibillet.place", "Origin", required=True, ondelete="restrict", index=True)
    generation = fields.Integer(required=True, default=1)
    security_level = fields.Selection(
        [("uid", "UID only"), ("sun", "NTAG 424 DNA (SUN)"), ("aes", "AES mutual authentication")],
        required=True, default="uid",
    )
    qr_base_url = fields.Char("QR address", help="What stands before /qr/… in the QR codes of these cards.")
    card_ids = fields.One2many("tibillet.card", "batch_id", "Cards")

    _generation_unique = models.Constraint("UNIQUE (place_id, generation)", "This place already has a batch of that generation.")
