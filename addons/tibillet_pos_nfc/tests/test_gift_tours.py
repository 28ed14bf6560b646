from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .gift_common import GiftCase

CARDS = {
    "RICH0001": ("04AAAAAAAAAA01", 5000, 500),
    "POOR0001": ("04AAAAAAAAAA02", 400, 200),
    "GIFT0001": ("04AAAAAAAAAA03", 0, 600),
}


@tagged("post_install", "-at_install")
class TestGiftTours(GiftCase, HttpCase):
    """Gift credit lowers the price as soon as its card is tapped, and no longer than its tap stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier.lang = "en_US"
        cls.beer, cls.meal = cls._article(20, 6.0), cls._article(10, 11.0)
        cls.beer.name, cls.meal.name = "Craft beer", "Warm meal"
        kept = (cls.beer | cls.meal).product_tmpl_id
        others = cls.env["product.template"].search([("available_in_pos", "=", True)]) - kept
        others.available_in_pos = False
        for number, (uid, cents, gift) in CARDS.items():
            card = cls.batch._add_cards([{"number": number, "uid": uid, "qr_uuid": f"qr-{number}"}])
            card._activate()
            for asset, amount in ((cls.bar_euro, cents), (cls.bar_gift, gift)):
                if amount:
                    cls._credit(card, asset, amount)
        demo = [{"uid": uid, "number": number, "state": "active", "holder": ""} for number, (uid, *_) in CARDS.items()]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _tour(self, name):
        """Run a tour; the orders that it paid, the first one first."""
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier")
        self.pos_session.invalidate_recordset()
        return self.pos_session.order_ids.filtered(lambda order: order.state == "paid").sorted("id")

    def _of(self, number):
        """(euros, gift) of a card, cents."""
        card = self.env["tibillet.card"].sudo().search([("number", "=", number)])
        self.assertEqual((self._held(card)[1], self._held(card, self.bar_gift)[1]), (0, 0))
        return self._held(card)[0], self._held(card, self.bar_gift)[0]

    def _lowered(self, order):
        """{rate: cents} of the order's lines of gift credit."""
        return {line.tax_ids.amount: round(line.price_subtotal_incl * 100) for line in order.lines._tibillet_gifts()}

    def test_lowers_the_price_and_comes_back(self):
        sale, refund = self._tour("tibillet_gift_discount")
        self.assertEqual(self._lowered(sale), {20.0: -176, 10.0: -324})
        self.assertEqual((sale.amount_total, refund.amount_total), (12.0, -4.24))
        self.assertEqual(self._of("RICH0001"), (4224, 176))

    def test_given_back_before_it_is_paid(self):
        order = self._tour("tibillet_gift_given_back")
        self.assertEqual((order.amount_total, len(order.lines._tibillet_gifts())), (15.0, 2))
        self.assertEqual(self._of("POOR0001"), (0, 0))

    def test_one_more_article_after_the_tap(self):
        order = self._tour("tibillet_gift_then_one_more")
        self.assertEqual(order.amount_total, 21.0)
        self.assertEqual(self._lowered(order), {20.0: -104, 10.0: -96})

    def test_all_of_it(self):
        sale, refund = self._tour("tibillet_gift_whole")
        self.assertEqual((sale.amount_total, sale.payment_ids.amount, refund.amount_total), (0.0, 0.0, 0.0))
        self.assertEqual(self._of("GIFT0001"), (0, 600))


@tagged("post_install", "-at_install")
class TestGiftToursPhone(TestGiftTours):
    """The same at the width of a phone."""

    browser_size = "390x844"
    touch_enabled = True
    allow_inherited_tests_method = True
