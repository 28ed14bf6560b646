from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.tibillet_base import ledger

from ..const import top_up_key
from ..posted import posted_to_place

PROTECTED = {"product_id", "qty", "price_unit", "price_subtotal_incl", "discount", "order_id", "uuid", "tibillet_card"}


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    tibillet_card = fields.Char("Card", copy=False, help="Printed number of the card that this top-up fills.")

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "tibillet_card"]

    def write(self, vals):
        if not PROTECTED.isdisjoint(vals) and self._tibillet_top_ups().order_id.filtered(
            lambda order: order.state in ("paid", "done")
        ):
            raise UserError(self.env._("A paid top-up cannot be changed. Refund it instead."))
        return super().write(vals)

    @api.constrains("product_id", "qty", "price_subtotal_incl", "order_id", "uuid")
    def _check_tibillet_credited(self):
        """Each top-up of a paid order is in the ledger once, for its price."""
        paid = self._tibillet_top_ups().filtered(lambda line: line.order_id.state in ("paid", "done"))
        if not paid:
            return
        posted = posted_to_place(self.env.cr, [top_up_key(line.uuid) for line in paid])
        for line in paid:
            if -posted.get(top_up_key(line.uuid), 0) != line._tibillet_minor():
                raise ValidationError(
                    self.env._(
                        "The top-up of %(amount)s did not reach its card. Start it again.",
                        amount=line.currency_id.format(line.price_subtotal_incl),
                    )
                )

    def _tibillet_price(self):
        """What this line makes, taxes included, counted again; negative for what comes back."""
        return self._compute_amount_line_all()["price_subtotal_incl"]

    def _tibillet_minor(self):
        """The price in the smallest unit of what is topped up."""
        return round(self._tibillet_price() * 10 ** self.product_id.tibillet_asset_id.sudo().decimal_places)

    def _tibillet_top_ups(self):
        """The lines that fill a card, or empty it when they refund a top-up."""
        return self.filtered(lambda line: line.product_id.tibillet_asset_id and line.qty)

    def _tibillet_deposits(self):
        """The lines of cups lent, and of cups that come back."""
        return self.filtered(lambda line: line.product_id.tibillet_deposit)

    def _tibillet_requests(self):
        """What the ledger is asked for these top-ups: each, and the gift that comes or goes with it."""
        for line in self:
            if not line._tibillet_minor():
                raise UserError(self.env._("A top-up is above zero: type what is paid for it."))
        entries = [(line, line._tibillet_top_up()) for line in self]
        return [request for line, entry in entries for request in (entry, *line._tibillet_bonus_entries(entry))]

    def _tibillet_top_up(self):
        """Entry of a top-up line; of a refunded top-up, the card gives the amount back.

        :raise UserError: no card, a card that cannot be filled, a price that is not the plain amount
        """
        asset = self.product_id.tibillet_asset_id.sudo()
        card = self._tibillet_top_up_card()
        amount = self._tibillet_minor()
        place = self.order_id.company_id.tibillet_place_id
        self._check_tibillet_top_up(asset, card, place, amount)
        card._activate()
        lines = (
            ledger.Line(asset.place_id.wallet_id.id, asset.id, -amount),
            ledger.Line(card._wallet().id, asset.id, amount),
        )
        return ledger.Entry(top_up_key(self.uuid), "top_up" if amount > 0 else "cash_out", place.id, lines)

    def _tibillet_top_up_card(self):
        """The card (sudo) of this line; a refund goes back to the card that was filled."""
        number = (self.refunded_orderline_id or self).tibillet_card
        if not number:
            raise UserError(self.env._("%(product)s: tap the card to fill.", product=self.product_id.name))
        card = self.env["tibillet.card"].sudo().search([("number", "=", number)])
        refusal = card._refusal()
        if refusal and refusal[0] != "blank":
            raise UserError(refusal[1])
        return card

    def _check_tibillet_top_up(self, asset, card, place, amount):
        if (
            self.discount
            or self.tax_ids_after_fiscal_position
            or self.currency_id.compare_amounts(abs(self.price_subtotal_incl), abs(self.price_unit * self.qty))
        ):
            raise UserError(self.env._("A top-up is worth what is paid for it: no discount, no tax."))
        if asset.id not in place._accepted_asset_ids() or asset.currency_id != self.currency_id:
            raise UserError(self.env._("%(asset)s is not accepted here.", asset=asset.name))
        if amount < 0 and not self.refunded_orderline_id:
            raise UserError(self.env._("To pay a top-up back, refund it from the orders."))
        if amount > 0:
            self._check_tibillet_ceiling(asset, card)
            self._check_tibillet_day_ceiling(asset, card, place)

    def _check_tibillet_ceiling(self, asset, card):
        """Refuse what passes the highest balance of a holder."""
        if asset.ceiling:
            held = ledger.balances(self.env.cr, card._wallet().id).get(asset.id, (0, 0))[0]
            if held + self._tibillet_added(asset, card) > asset.ceiling:
                raise UserError(
                    self.env._(
                        "Card %(card)s can hold %(ceiling)s at most: top it up by %(room)s or less.",
                        card=card.number,
                        ceiling=asset.format(asset.ceiling),
                        room=asset.format(max(asset.ceiling - held, 0)),
                    )
                )

    def _check_tibillet_day_ceiling(self, asset, card, place):
        """Refuse what passes a day's top-ups; of two tills at once, the second waits for the balance and counts again."""
        room = asset._top_up_room(card._wallet(), place._day_start())
        if room is not None and self._tibillet_added(asset, card) > room:
            raise UserError(
                self.env._(
                    "Card %(card)s can be topped up by %(room)s more today.", card=card.number, room=asset.format(room)
                )
            )

    def _tibillet_added(self, asset, card):
        """What the whole order tops this card up by, in minor units."""
        added = self.order_id.lines._tibillet_top_ups().filtered(
            lambda line: line.tibillet_card == card.number and line.product_id.tibillet_asset_id == asset,
        )
        return sum(line._tibillet_minor() for line in added)
