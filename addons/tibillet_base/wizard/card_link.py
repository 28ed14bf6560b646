from odoo import api, fields, models
from odoo.exceptions import UserError


class TibilletCardLink(models.TransientModel):
    _name = "tibillet.card.link"
    _description = "Link a card to a person"

    card_id = fields.Many2one("tibillet.card", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Person", required=True, ondelete="cascade")
    witness_number = fields.Char(
        "Card they already have",
        help="Printed number of a card of this person, which you have in your hands.",
    )
    has_card = fields.Boolean(compute="_compute_has_card")
    moved = fields.Char("Moves into their wallet", compute="_compute_moved")

    @api.depends("partner_id")
    def _compute_has_card(self):
        for wizard in self:
            wizard.has_card = bool(wizard.partner_id.sudo().tibillet_card_ids - wizard.card_id.sudo())

    @api.depends("card_id")
    def _compute_moved(self):
        for wizard in self:
            wizard.moved = wizard.card_id.sudo().wallet_id._holds() or self.env._("nothing yet")

    def action_link(self):
        self.ensure_one()
        self.card_id._check_manager()
        self.card_id._link(self.partner_id, witness=self._witness())
        return {"type": "ir.actions.act_window_close"}

    def _witness(self):
        cards = self.env["tibillet.card"].sudo()
        if not self.witness_number:
            return cards
        card = cards.search([("number", "=", self.witness_number.strip().upper())])
        if not card or card.partner_id != self.partner_id:
            raise UserError(
                self.env._(
                    "%(number)s is not a card of %(person)s.", number=self.witness_number, person=self.partner_id.name
                )
            )
        return card
