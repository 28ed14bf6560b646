from odoo import api, fields, models
from odoo.exceptions import ValidationError

SUGGESTED = (10, 20, 50, 100)


class TibilletAsset(models.Model):
    """Which money holders may buy on the web, and for how much at a time."""

    _inherit = "tibillet.asset"

    online_topup = fields.Boolean(
        "Topped up online",
        tracking=True,
        help="Holders may top up on the web, with the payment providers of the issuer.",
    )
    online_min = fields.Monetary("Least at a time", default=5.0, tracking=True)
    online_max = fields.Monetary("Most at a time", default=200.0, tracking=True)

    _online_money_only = models.Constraint(
        "CHECK (NOT online_topup OR kind = 'money')",
        "Only money is topped up online: gifts, time and points are given.",
    )
    _online_bounds = models.Constraint(
        "CHECK (NOT online_topup OR (online_min > 0 AND online_max >= online_min))",
        "Online: the least is above zero, and the most is no less.",
    )

    @api.constrains("online_topup", "place_id", "currency_id")
    def _check_online_issuer(self):
        for asset in self.sudo().filtered("online_topup"):
            if asset.company_id.currency_id != asset.currency_id:
                raise ValidationError(
                    self.env._(
                        "%s has no company here whose books and payment provider could take the money.", asset.name
                    )
                )

    @api.model
    def _online(self, partner):
        """The money (sudo) that `partner` can top up on the web, what they hold already first."""
        wallet = self.env["tibillet.wallet"].sudo()._for_partner(partner)
        held = wallet._amounts()
        assets = self.sudo().search([("online_topup", "=", True)])
        payable = assets.filtered(lambda asset: asset._online_providers(partner, asset.online_min))
        return payable.sorted(lambda asset: (asset.id not in held, asset.sequence, asset.id))

    def _online_providers(self, partner, amount):
        """The issuer's payment providers (sudo) that take `amount` (float) from `partner`: the debt is the issuer's.

        Published ones alone: stock lets people of the back office try the others, and a try would fill their wallet.
        """
        self.ensure_one()
        asset = self.sudo()
        return (
            self.env["payment.provider"]
            .sudo()
            ._get_compatible_providers(
                asset.company_id.id, partner.id, amount, currency_id=asset.currency_id.id, tibillet_top_up=True
            )
            .filtered("is_published")
        )

    @api.model
    def _online_tokens(self, providers, partner):
        """The cards (payment.token, sudo) that `partner` kept at `providers`: stock shares them in a household."""
        tokens = self.env["payment.token"].sudo()._get_available_tokens(providers.ids, partner.id)
        return tokens.filtered(lambda token: token.partner_id == partner)

    def _online_suggested(self):
        """Amounts (int) to offer as buttons, within the bounds."""
        self.ensure_one()
        amounts = [amount for amount in SUGGESTED if self.online_min <= amount <= self.online_max]
        return amounts or [self.online_min]

    def _online_refusal(self, wallet, amount):
        """Why `amount` (float, in the currency) cannot be put on `wallet` online, in the holder's words; None when it can.

        Asked before anything is paid: bounds, whole cents, the ceiling of one holder.
        """
        self.ensure_one()
        currency = self.currency_id
        if not self.online_topup or not self.active:
            return self.env._("%s is not topped up online.", self.name)
        if (
            currency.compare_amounts(amount, self.online_min) < 0
            or currency.compare_amounts(amount, self.online_max) > 0
        ):
            return self.env._(
                "Choose an amount from %(least)s to %(most)s.",
                least=currency.format(self.online_min),
                most=currency.format(self.online_max),
            )
        if abs(currency.round(amount) - amount) > 1e-6:
            return self.env._("Choose an amount in whole cents.")
        held, _reserved = wallet._amounts().get(self.id, (0, 0))
        if self.ceiling and held + self._minor(amount) > self.ceiling:
            return self.env._(
                "One wallet holds at most %(ceiling)s, and yours has %(held)s: choose %(room)s or less.",
                ceiling=self.format(self.ceiling),
                held=self.format(held),
                room=self.format(max(0, self.ceiling - held)),
            )
        return None

    def _minor(self, amount):
        """`amount` (float, in the currency) in the ledger's smallest unit (int)."""
        return round(amount * 10**self.decimal_places)
