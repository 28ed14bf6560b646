from odoo import api, fields, models

from odoo.addons.payment import utils as payment_utils


class PaymentProvider(models.Model):
    """What is on the wallet pays, where the payer is signed in and has enough of what the venue takes."""

    _inherit = "payment.provider"

    code = fields.Selection(selection_add=[("tibillet_wallet", "Wallet")], ondelete={"tibillet_wallet": "set default"})

    def _compute_feature_support_fields(self):
        result = super()._compute_feature_support_fields()
        self.filtered(lambda provider: provider.code == "tibillet_wallet").support_refund = "partial"
        return result

    def _get_default_payment_method_codes(self):
        if self.code == "tibillet_wallet":
            return {"tibillet_wallet"}
        return super()._get_default_payment_method_codes()

    @api.model
    def _get_compatible_providers(self, company_id, partner_id, amount, *args, report=None, **kwargs):
        found = super()._get_compatible_providers(company_id, partner_id, amount, *args, report=report, **kwargs)
        barred = found.filtered(
            lambda provider: (
                provider.code == "tibillet_wallet"
                and (
                    kwargs.get("is_validation")
                    or kwargs.get("tibillet_top_up")
                    or provider._tibillet_purse(partner_id) < amount
                )
            )
        )
        payment_utils.add_to_report(report, barred, available=False, reason=self.env._("not enough on the wallet"))
        return found - barred

    def _tibillet_purse(self, partner_id):
        """What the payer's wallet may pay here (float): nothing for anybody who is not signed in as the payer."""
        self.ensure_one()
        payer = self.env.user.sudo().partner_id
        if self.env.user._is_public() or payer.id != partner_id:
            return 0.0
        assets, wallet = self._tibillet_assets(), payer.tibillet_wallet_ids[:1]
        amounts = wallet._amounts() if wallet else {}
        free = {asset: amounts.get(asset.id, (0, 0)) for asset in assets}
        return sum(max(amount - held, 0) / 10**asset.decimal_places for asset, (amount, held) in free.items())

    def _tibillet_place(self):
        return self.env["tibillet.place"].sudo().search([("company_id", "=", self.company_id.id)], limit=1)

    def _tibillet_assets(self):
        """Money (tibillet.asset, sudo) that pays here, in the order in which it is drawn on."""
        self.ensure_one()
        currency = self.company_id.currency_id
        return (
            self._tibillet_place()
            ._accepted_assets()
            .filtered(
                lambda asset: (
                    asset.kind == "money" and asset.currency_id == currency and asset.voucher_kind != "single_purpose"
                )
            )
        )
