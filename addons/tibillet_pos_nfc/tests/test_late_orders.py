import uuid

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TillCase

SYNC_LOGGER = "odoo.addons.point_of_sale.models.pos_order"


@tagged("post_install", "-at_install")
class TestLateOrders(TillCase):
    """The goods are gone: an order that comes after the closing is taken, by a rescue session, as a debt at worst."""

    def _late(self, card, cents=300, **vals):
        """An order tapped before the closing, sent after it."""
        order_uuid = str(uuid.uuid4())
        payment = {**self._nfc_payment(order_uuid, card, cents), **vals}
        order = self._order([self._beer_line(price=self._untaxed(cents / 100))], [payment], order_uuid)
        self.pos_session.action_pos_session_closing_control()
        return order

    def test_rescue_session_captures(self):
        card = self._card(1000)
        order = self._late(card)
        self.assertEqual(self._held(card), (1000, 0))
        with mute_logger(SYNC_LOGGER):
            paid = self._sync(order)
        self.assertEqual((paid.state, paid.session_id.rescue, paid.session_id.state), ("paid", True, "opened"))
        self.assertIn(self.pos_session.name, paid.session_id.name)
        self.assertEqual(self._held(card), (700, 0))

    def test_spent_meanwhile_becomes_a_debt(self):
        card = self._card(1000)
        order = self._late(card, 800)
        next_session = self._open_session(self.till)
        self._pay_by_card(card, 900, next_session)
        with mute_logger(SYNC_LOGGER):
            paid = self._sync(order)
        self.assertEqual((paid.state, paid.session_id), ("paid", next_session))
        self.assertEqual(self._held(card), (-700, 0))
        self.assertEqual(self._authorise(card, 100, session=next_session)["status"], "short")

    def test_late_without_hold_is_refused(self):
        order = self._late(self._card(1000), tibillet_hold=False)
        with mute_logger(SYNC_LOGGER), self.assertRefusal("No open session"):
            self._sync(order)

    def test_late_with_an_invented_hold_is_refused(self):
        order = self._late(self._card(1000), tibillet_hold="pos.payment:invented")
        with mute_logger(SYNC_LOGGER), self.assertRefusal("No open session"):
            self._sync(order)

    def test_late_cash_order_is_left_to_odoo(self):
        order = self._order([self._beer_line(price=self._untaxed(5))], [self._payment(self.till, "cash", 5.0)])
        self.pos_session.action_pos_session_closing_control()
        with mute_logger(SYNC_LOGGER), self.assertRefusal("No open session"):
            self._sync(order)

    def test_rescue_session_closes_in_the_books(self):
        card = self._card(1000)
        order = self._late(card)
        with mute_logger(SYNC_LOGGER):
            rescue = self._sync(order).session_id
        rescue.action_pos_session_closing_control()
        self.assertEqual(rescue.state, "closed")
        booking = self.env["tibillet.booking"].search([("origin", "=", f"pos.session:{rescue.id}")])
        self.assertEqual(sum(booking.move_ids.line_ids.filtered("debit").mapped("debit")), 3.0)
