import uuid

from odoo import fields, models
from odoo.fields import Command

from ..const import row_id
from .till import Refusal


class TibilletTill(models.AbstractModel):
    """Acts of the desk that move money: ordinary orders of the till, so that chains, closings and books see them."""

    _inherit = "tibillet.till"

    def _desk_top_up(self, desk, asset_id=None, amount=None, payment_method_id=None):
        """Fill the card with `amount` (minor units) of an asset, paid by a method without terminal."""
        self._check_minor(amount)
        asset = self._desk_asset(desk, asset_id)
        method = self._desk_method(desk, payment_method_id)
        return self._desk_order(desk, "top_up", method, [(asset, amount)])

    def _desk_pay_back(self, desk, amount=None, payment_method_id=None):
        """Empty the card of what is paid back; gift, time and points stay.

        :param amount: what the screen announced, in minor units: another balance is refused
        """
        parts = self._desk_parts(desk)
        total = sum(part for _asset, part in parts)
        if not total:
            raise Refusal("empty", self.env._("Nothing on this card is paid back."))
        if type(amount) is not int or amount != total:
            raise Refusal("changed", self.env._("The balance has changed. Read the card again."))
        method = self._desk_method(desk, payment_method_id)
        return self._desk_order(desk, "pay_back", method, [(asset, -part) for asset, part in parts])

    def _desk_cash_back(self, desk, amount=None, approval=None):
        """Charge the card and hand out cash, with a manager's word."""
        self._check_minor(amount)
        parts, left = [], amount
        for asset, free in self._desk_parts(desk):
            part = min(free, left)
            left -= part
            parts += [(asset, -part)] if part else []
        if left:
            counter = self._counter(desk.session.id)
            raise Refusal(
                "short",
                self.env._(
                    "The card lacks %(amount)s for this. Nothing was charged.", amount=self._money(counter, left)
                ),
            )
        approver = self._desk_approved(desk, approval)
        method = self._desk_method(desk, None)
        return self._desk_order(desk, "cash_back", method, parts, approver_id=approver.id)

    def _desk_parts(self, desk):
        """[(asset, minor units)] of the card that are paid back here, in debit order."""
        free = self._free(desk.card)
        refundable = self._refundable(self._counter(desk.session.id))
        return [(asset, free[asset.id]) for asset in refundable if asset.id in free]

    def _desk_asset(self, desk, asset_id):
        counter = self._counter(desk.session.id)
        asset = self.env["tibillet.asset"].sudo().browse(row_id(asset_id))
        if asset.id not in self._payable_assets(counter.place_id, counter.currency_id) or asset.kind != "money":
            raise Refusal("asset", self.env._("This money is not taken here."))
        return asset

    def _desk_method(self, desk, method_id):
        """A payment method of this till that needs no terminal; by default its cash."""
        methods = desk.session.config_id.payment_method_ids.filtered(
            lambda method: method.type in ("cash", "bank") and method.payment_method_type == "none"
        )
        if method_id is None:
            methods = methods.filtered(lambda method: method.type == "cash")
        else:
            methods = methods.filtered(lambda method: method.id == method_id)
        if not methods:
            raise Refusal("method", self.env._("This till cannot pay that way. Choose another payment."))
        return methods[0]

    def _desk_order(self, desk, kind, method, parts, **logged):
        """Log the act, then make and pay its order.

        :param parts: [(asset, minor units)], negative where the card gives
        """
        amount = abs(sum(part for _asset, part in parts))
        order_uuid = str(uuid.uuid5(uuid.NAMESPACE_OID, desk.key))
        only = parts[0][0].id if len(parts) == 1 else False
        act = self._desk_log(
            desk,
            kind,
            asset_id=only,
            amount=amount,
            payment_method_id=method.id,
            order_uuid=order_uuid,
            **logged,
        )
        self.env["pos.order"].sync_from_ui([self._desk_order_vals(desk, order_uuid, method, parts)])
        order = self.env["pos.order"].search([("uuid", "=", order_uuid)])
        if order.state not in ("paid", "done"):
            raise Refusal("order", self.env._("The till did not take this order: nothing was done. Try again."))
        return act

    def _desk_order_vals(self, desk, order_uuid, method, parts):
        """The order as a till sends it."""
        lines = [self._desk_line_vals(desk, asset, part) for asset, part in parts]
        total = sum(line["price_subtotal_incl"] for line in lines)
        now = fields.Datetime.to_string(fields.Datetime.now())
        return {
            "uuid": order_uuid,
            "name": "/",
            "state": "paid",
            "session_id": desk.session.id,
            "company_id": desk.session.company_id.id,
            "access_token": str(uuid.uuid4()),
            "user_id": self.env.uid,
            "tibillet_cashier_id": desk.cashier.id,
            "partner_id": False,
            "fiscal_position_id": False,
            "to_invoice": False,
            "date_order": now,
            "amount_total": total,
            "amount_tax": 0,
            "amount_paid": total,
            "amount_return": 0,
            "lines": [Command.create(line) for line in lines],
            "payment_ids": [
                Command.create(
                    {
                        "uuid": str(uuid.uuid4()),
                        "name": now,
                        "amount": total,
                        "payment_method_id": method.id,
                    }
                )
            ],
        }

    def _desk_line_vals(self, desk, asset, part):
        product = asset._topup_product(desk.session.company_id)
        price = abs(part) / 10**asset.decimal_places
        total = price if part > 0 else -price
        return {
            "uuid": str(uuid.uuid4()),
            "product_id": product.id,
            "full_product_name": product.name,
            "qty": 1 if part > 0 else -1,
            "price_unit": price,
            "price_subtotal": total,
            "price_subtotal_incl": total,
            "discount": 0,
            "tax_ids": [Command.set([])],
            "tibillet_card": desk.card.number,
        }
