from odoo import fields, models


class TibilletCardDraw(models.TransientModel):
    _name = "tibillet.card.draw"
    _description = "Draw new cards"

    batch_id = fields.Many2one("tibillet.card.batch", required=True, ondelete="cascade")
    count = fields.Integer("How many", required=True, default=50)

    def action_draw(self):
        self.ensure_one()
        self.batch_id.place_id._check_manager()
        self.batch_id._generate(self.count)
        return self.batch_id.action_open_cards()
