from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tibillet_card_ids = fields.One2many(
        "tibillet.card",
        "partner_id",
        "Cards",
        groups="tibillet_base.group_manager,tibillet_base.group_accountant",
    )
    tibillet_wallet_ids = fields.One2many(
        "tibillet.wallet",
        "partner_id",
        "Wallet",
        groups="tibillet_base.group_manager,tibillet_base.group_accountant",
    )
    tibillet_card_count = fields.Integer(
        compute="_compute_tibillet_card_count",
        groups="tibillet_base.group_manager,tibillet_base.group_accountant",
    )

    @api.depends("tibillet_card_ids")
    def _compute_tibillet_card_count(self):
        for partner in self:
            partner.tibillet_card_count = len(partner.tibillet_card_ids)

    def unlink(self):
        """An erased holder leaves a pseudonym behind: the ledger is append only and knows wallets, not people."""
        partners = self.sudo()
        partners.tibillet_wallet_ids._forget("erased")
        partners.tibillet_card_ids.write({"partner_id": False})
        return super().unlink()

    def action_open_tibillet_wallet(self):
        self.ensure_one()
        self.check_access("read")
        wallet = self.env["tibillet.wallet"].sudo()._for_partner(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Wallet"),
            "res_model": "tibillet.wallet",
            "res_id": wallet.id,
            "view_mode": "form",
        }

    def action_open_tibillet_cards(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_base.action_card")
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {}}
