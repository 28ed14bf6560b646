from odoo.tests import tagged

from odoo.addons.tibillet_pos_nfc.tests.gift_common import GiftCase

from ..figures import SessionFigures


@tagged("post_install", "-at_install")
class TestGiftOff(GiftCase):
    """Gift credit that lowered prices is a discount on the ticket Z: neither offered, nor paid, nor counted twice."""

    def test_a_discount_and_nothing_else(self):
        beer, card = self._article(20, 6.0), self._card(2000, 300)
        order = self._sell([self._line(beer, 2)], (card, 1200))
        self._give_back(order, {(order.lines - order.lines._tibillet_gifts()): 1}, card_back=4.5)
        figures = SessionFigures(self.pos_session).all()
        self.assertEqual((figures["gift_off"], figures["sales"], figures["takings"]), (150, 450, 450))
        gift = figures["assets"][str(self.bar_gift.id)]
        self.assertEqual((gift["spend"], gift["taken_off"], gift["refund"]), (0, -300, 150))
        [vat] = figures["vat"].values()
        self.assertEqual((vat["base"], vat["amount"]), (375, 75))
        report = self.env["tibillet.closing.report"]
        shown = report._html(report._of_session(self.pos_session))
        self.assertIn("Gift credit taken off prices", shown)
        self.assertNotIn("Paid with gift credit", shown)
        self.assertNotIn("Offered", shown)
        self.pos_session.action_pos_session_closing_control()
        self.assertEqual(
            [(row["base"], row["amount"]) for row in SessionFigures(self.pos_session)._vat().values()], [(375, 75)]
        )
