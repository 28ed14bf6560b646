from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

from ..const import top_up_key


class PosOrderLine(models.Model):
    """The gift that comes with a top-up, and goes with it."""

    _inherit = "pos.order.line"

    tibillet_bonus = fields.Integer(
        "Gift of the top-up", readonly=True, copy=False, help="In the smallest unit; negative when taken back."
    )
    tibillet_bonus_asset_id = fields.Many2one("tibillet.asset", "Gift currency", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_tibillet_bonus(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(vals if self.env.su else self._without_tibillet_bonus(vals))

    def _without_tibillet_bonus(self, vals):
        """What a till sends, less what the server alone says."""
        return {name: value for name, value in vals.items() if not name.startswith("tibillet_bonus")}

    def _tibillet_bonus_entries(self, top_up):
        """Entries of the gift beside a top-up's own.

        :param top_up: the :class:`ledger.Entry` of this line
        :raise UserError: what a refunded top-up had given is spent
        """
        amount = self._tibillet_minor()
        if amount > 0:
            return self._tibillet_give_bonus(amount, top_up.place_id)
        origin = self.refunded_orderline_id
        return origin._tibillet_take_bonus_back(self, top_up.place_id) if origin.tibillet_bonus else []

    def _tibillet_give_bonus(self, amount, place_id):
        place = self.env["tibillet.place"].browse(place_id)
        rule = self.env["tibillet.top.up.bonus"]._of(place, self.product_id.tibillet_asset_id)
        asset = rule.gift_asset_id
        earned = rule._earned(amount)
        if earned and asset.ceiling:
            held = ledger.balances(self.env.cr, self._tibillet_top_up_card()._wallet().id).get(asset.id, (0, 0))[0]
            earned = max(min(earned, asset.ceiling - held), 0)
        return self._tibillet_move_bonus("issue", asset, earned, place_id) if earned else []

    def _tibillet_take_bonus_back(self, refund, place_id):
        """Of a refunded top-up: what is no longer earned by the part that stays."""
        place = self.env["tibillet.place"].browse(place_id)
        refunds = self.refund_orderline_ids.filtered(lambda line: line == refund or line.order_id.state != "draft")
        kept = self._tibillet_minor() + sum(line._tibillet_minor() for line in refunds)
        rule = self.env["tibillet.top.up.bonus"]._of(place, self.product_id.tibillet_asset_id)
        given = self.tibillet_bonus + sum(self.refund_orderline_ids.mapped("tibillet_bonus"))
        back = given - min(given, rule._earned(kept))
        asset = self.tibillet_bonus_asset_id.sudo()
        if not back:
            return []
        held, reserved = ledger.balances(self.env.cr, self._tibillet_top_up_card()._wallet().id).get(asset.id, (0, 0))
        if held - reserved < back:
            raise UserError(
                self.env._(
                    "The gift of %(gift)s that came with this top-up is spent: only what is left on the card can be paid "
                    "back, from the card's window.",
                    gift=asset.format(back),
                )
            )
        return refund._tibillet_move_bonus("reversal", asset, -back, place_id)

    def _tibillet_move_bonus(self, kind, asset, amount, place_id):
        self.sudo().write({"tibillet_bonus": amount, "tibillet_bonus_asset_id": asset.id})
        lines = (
            ledger.Line(asset.place_id.wallet_id.id, asset.id, -amount),
            ledger.Line(self._tibillet_top_up_card()._wallet().id, asset.id, amount),
        )
        return [ledger.Entry(f"{top_up_key(self.uuid)}:bonus", kind, place_id, lines)]
