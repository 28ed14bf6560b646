from odoo import api, fields, models
from odoo.exceptions import UserError


class TibilletCardReplace(models.TransientModel):
    _name = "tibillet.card.replace"
    _description = "Replace a lost card"

    card_id = fields.Many2one("tibillet.card", "Lost card", required=True, ondelete="cascade")
    new_number = fields.Char("New card", required=True, help="Number printed on the new card.")
    will_move = fields.Text(compute="_compute_will_move")

    @api.depends("card_id")
    def _compute_will_move(self):
        for wizard in self:
            wizard.will_move = wizard._words(wizard.card_id.sudo())

    def _words(self, card):
        holder = card.partner_id or card.lost_partner_id
        if holder:
            return self.env._(
                "The new card opens the wallet of %(person)s. Card %(number)s pays no more.",
                person=holder.name,
                number=card.number,
            )
        held = card.wallet_id._holds()
        if held:
            return self.env._(
                "%(held)s moves to the new card. Card %(number)s pays no more.", held=held, number=card.number
            )
        return self.env._("Nothing lies on card %s. It pays no more.", card.number)

    def action_replace(self):
        self.ensure_one()
        card = self.card_id
        card._check_manager()
        new = self.env["tibillet.card"].search([("number", "=", self.new_number.strip().upper())])
        if not new:
            raise UserError(self.env._("No card of yours bears the number %s.", self.new_number))
        new._check_manager()
        if card.state != "lost":
            card._declare_lost()
        card._replace(new)
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.card",
            "res_id": new.id,
            "view_mode": "form",
        }
