from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TibilletTopUpBonus(models.Model):
    """What a place gives to who tops up: value × floor(amount / start), in one of its gift currencies."""

    _name = "tibillet.top.up.bonus"
    _description = "Bonus on a top-up"
    _order = "place_id, id"
    _rec_name = "asset_id"

    place_id = fields.Many2one("tibillet.place", required=True, ondelete="cascade", index=True)
    asset_id = fields.Many2one(
        "tibillet.asset", "Topped up", required=True, ondelete="cascade", domain="[('kind', '=', 'money')]"
    )
    start = fields.Float("Each", digits=(16, 2), required=True, default=50.0, help="What is topped up to earn it once.")
    value = fields.Float("Gives", digits=(16, 2), required=True, default=2.5)
    gift_asset_id = fields.Many2one("tibillet.asset", "In", required=True, ondelete="cascade")

    _once = models.Constraint("UNIQUE (place_id, asset_id)", "This money has a bonus here already.")
    _positive = models.Constraint("CHECK (start > 0 AND value > 0)", "A bonus is above zero, and so is what earns it.")

    @api.constrains("asset_id", "gift_asset_id", "place_id")
    def _check_assets(self):
        for bonus in self.sudo():
            gift = bonus.gift_asset_id
            if bonus.asset_id.kind != "money" or gift.kind != "gift" or gift.place_id != bonus.place_id:
                raise ValidationError(
                    self.env._("A bonus is given for money, in a gift currency of %s.", bonus.place_id.name)
                )

    @api.model
    def _of(self, place, asset):
        """The rule (sudo) of a place for a money, possibly none."""
        rules = self.sudo().search([("place_id", "=", place.id), ("asset_id", "=", asset.id)], limit=1)
        return rules.filtered(lambda rule: rule.gift_asset_id.active)

    def _earned(self, amount):
        """What a top-up of `amount` earns; both in minor units, none without a rule."""
        if not self or amount <= 0:
            return 0
        start = round(self.start * 10**self.asset_id.decimal_places)
        return amount // start * round(self.value * 10**self.gift_asset_id.decimal_places)

    def _shown(self):
        """The rule as a till shows it before the top-up: ``{start, value, name}`` in units, or False."""
        return bool(self) and {"start": self.start, "value": self.value, "name": self.gift_asset_id.name}
