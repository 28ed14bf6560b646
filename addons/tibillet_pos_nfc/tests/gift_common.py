"""Gift credit that lowers a price, as the till sends it. Public: other addons' tests use it."""

import uuid

from odoo import Command

from ..gift import share
from .common import TillCase


class GiftCase(TillCase):
    """The bar's gift credit is a discount; articles at three rates of VAT, in the price or on top of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bar_gift.gift_treatment = "discount"
        cls.gift_product = cls.bar.tibillet_gift_product_id

    @classmethod
    def _article(cls, rate, price, included=True):
        """An article taxed at `rate` percent, with the tax in its price or on top; no rate, no tax."""
        taxes = cls._tax(rate, included) if rate else cls.env["account.tax"]
        return (
            cls.env["product.product"]
            .with_company(cls.bar)
            .create(
                {
                    "name": f"Article {rate} {included} {price}",
                    "available_in_pos": True,
                    "type": "consu",
                    "list_price": price,
                    "company_id": cls.bar.id,
                    "taxes_id": [Command.set(taxes.ids)],
                }
            )
        )

    @classmethod
    def _tax(cls, rate, included):
        taxes = cls.env["account.tax"].with_context(active_test=False)
        name = f"Test {rate} {included}"
        made = taxes.search([("company_id", "=", cls.bar.id), ("name", "=", name)])
        price_include = "tax_included" if included else "tax_excluded"
        return made or cls.tax.copy({"name": name, "amount": rate, "price_include_override": price_include})

    def _line(self, product, qty=1, **vals):
        total = product.taxes_id.compute_all(
            product.list_price, quantity=qty, product=product, currency=self.env.ref("base.EUR")
        )
        return {
            "product_id": product.id,
            "qty": qty,
            "price_unit": product.list_price,
            "discount": 0,
            "uuid": str(uuid.uuid4()),
            "tax_ids": [Command.set(product.taxes_id.ids)],
            "price_subtotal": total["total_excluded"],
            "price_subtotal_incl": total["total_included"],
            "full_product_name": product.name,
            **vals,
        }

    def _groups(self, lines):
        """{tax group: cents} of lines as the till sends them."""
        groups = {}
        for line in lines:
            key = ",".join(map(str, sorted(line["tax_ids"][0][2])))
            groups[key] = groups.get(key, 0) + round(line["price_subtotal_incl"] * 100)
        return groups

    def _gift_lines(self, parts):
        """The lines that lower a price by {tax group: cents}, or give it back where negative, as gift_lines.js makes them."""
        return [self._gift_line(group, amount) for group, amount in parts.items() if amount]

    def _gift_line(self, group, amount):
        taxes = self.env["account.tax"].browse(int(id_) for id_ in group.split(",") if id_)
        made = self._gift_base_line(taxes, amount)
        if round(self._gift_total(made) * 100) != -amount:
            made = self._gift_base_line(taxes, amount, special_mode="total_included")
        return {
            "product_id": self.gift_product.id,
            "qty": 1,
            "price_unit": made["price_unit"],
            "discount": 0,
            "uuid": str(uuid.uuid4()),
            "tax_ids": [Command.set(taxes.ids)],
            "extra_tax_data": taxes._export_base_line_extra_tax_data(made),
            "price_subtotal": made["tax_details"]["total_excluded_currency"],
            "price_subtotal_incl": -amount / 100,
            "full_product_name": "Gift credit",
        }

    def _gift_base_line(self, taxes, amount, **mode):
        base = taxes._prepare_base_line_for_taxes_computation(
            {},
            tax_ids=taxes,
            price_unit=abs(amount) / 100,
            quantity=1.0,
            currency_id=self.env.ref("base.EUR"),
            product_id=self.gift_product,
            rate=1.0,
            **mode,
        )
        taxes._add_tax_details_in_base_lines([base], self.bar)
        taxes._round_base_lines_tax_details([base], self.bar)
        [made] = taxes._prepare_global_discount_lines([base], self.bar, "fixed", amount / 100, "tibillet_gift")
        return made

    @staticmethod
    def _gift_total(made):
        details = made["tax_details"]
        total = details["total_excluded_currency"] + details["delta_total_excluded_currency"]
        return total + sum(tax["tax_amount_currency"] for tax in details["taxes_data"])

    def _tap_with_gift(self, order_uuid, card, cents, room=None):
        """Values of the payment of `cents` by tapping `card`, gift credit first."""
        payment_uuid = str(uuid.uuid4())
        answer = self._authorise(card, cents, order_uuid, payment_uuid, gift_room=cents if room is None else room)
        self.assertEqual(answer["status"], "held", answer)
        return self._payment(
            self.till,
            "terminal",
            (cents - answer["gift"]) / 100,
            uuid=payment_uuid,
            tibillet_hold=answer["hold"],
            tibillet_gift_hold=answer["gift_hold"],
            tibillet_gift=answer["gift"],
            tibillet_card=answer["card"],
            payment_status="done",
        )

    def _sell(self, lines, *taps, cash=0.0, **vals):
        """Sell `lines`: each tap is (card, cents) and takes its gift credit off; the rest in cash."""
        order_uuid = str(uuid.uuid4())
        payments = [self._tap_with_gift(order_uuid, card, cents) for card, cents in taps]
        taken = sum(payment["tibillet_gift"] for payment in payments)
        gifts = self._gift_lines(share(self._groups(lines), taken))
        if cash:
            payments.append(self._payment(self.till, "cash", cash))
        return self._sync(self._order([*lines, *gifts], payments, order_uuid, **vals))

    def _give_back(self, order, quantities, card_back=0.0, cash=0.0, parts=None, **vals):
        """Refund {line: quantity} of an order, gift credit as the server says, the rest to the card or in cash."""
        if parts is None:
            answer = (
                self.env["tibillet.till"]
                .with_user(self.cashier)
                ._gift_back(self.pos_session.id, [{"line": line.id, "qty": qty} for line, qty in quantities.items()])
            )
            self.assertEqual(answer["status"], "ok", answer)
            parts = {",".join(map(str, part["taxes"])): part["amount"] for part in answer["parts"]}
        lines = [
            self._line(line.product_id, -qty, refunded_orderline_id=line.id) for line, qty in quantities.items()
        ] + self._gift_lines({group: -amount for group, amount in parts.items()})
        payments = []
        if card_back:
            hold = order.payment_ids.filtered("tibillet_hold")[:1].tibillet_hold
            payments.append(self._payment(self.till, "terminal", -card_back, tibillet_hold=hold))
        if cash:
            payments.append(self._payment(self.till, "cash", -cash))
        return self._sync(self._order(lines, payments, is_refund=True, **vals))
