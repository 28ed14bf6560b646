from odoo import api, fields, models
from odoo.exceptions import AccessError


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
        self._check_tibillet_wallets()
        partners.tibillet_wallet_ids._forget("erased")
        partners.tibillet_card_ids.write({"partner_id": False})
        return super().unlink()

    def _check_tibillet_wallets(self):
        """AccessError unless the user may read the wallets of these people: what touches them is not for every clerk."""
        wallets = self.sudo().tibillet_wallet_ids.sudo(self.env.su)
        if wallets and not wallets.has_access("read"):
            raise AccessError(
                self.env._(
                    "%s has a wallet that your venue does not keep: ask a manager of the network.",
                    wallets.sudo().partner_id[:1].name,
                )
            )

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
