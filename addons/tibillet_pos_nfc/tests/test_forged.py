import uuid

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TillCase
from .login_common import LoginCase

SYNC_LOGGER = "odoo.addons.point_of_sale.models.pos_order"


@tagged("post_install", "-at_install")
class TestForged(TillCase):
    """What a cashier sends by hand, past the till's screens, moves no money that was not paid."""

    def setUp(self):
        super().setUp()
        self._abroad()

    def _created(self, order):
        """An order made by hand, not yet paid."""
        return self.env["pos.order"].with_user(self.cashier).create({**order, "state": "draft"})

    def _sell(self, price, **vals):
        line = self._beer_line(price=self._untaxed(price), **vals)
        return self._sync(self._order([line], [self._payment(self.till, "cash", price)]))

    def _fill(self, card, amount):
        return self._sync(self._order([self._top_up_line(card, amount)], [self._payment(self.till, "cash", amount)]))

    def _empty(self, line, amount):
        """A refund of `line` as of a top-up, paid out in cash."""
        vals = {"qty": -1, "price_subtotal": -amount, "price_subtotal_incl": -amount, "refunded_orderline_id": line.id}
        return self._order([self._top_up_line(None, amount, **vals)], [self._payment(self.till, "cash", -amount)])

    def _give_back(self, line, price, qty=-1, kind="cash", **payment):
        back = self._beer_line(qty, self._untaxed(price), refunded_orderline_id=line.id)
        return self._order([back], [self._payment(self.till, kind, qty * price, **payment)])

    # --- nothing is paid by saying so -------------------------------------------------------------------------------

    def test_a_top_up_that_nothing_paid(self):
        order = self._created(self._order([self._top_up_line(self._card(), 100.0)], amount_paid=100.0))
        with self.assertRefusal("its payments make"):
            order.action_pos_order_paid()

    def test_paid_written_by_hand(self):
        order = self._created(self._order([self._beer_line()], amount_total=0.5, amount_paid=0.5))
        for state in ("paid", "done"):
            with self.subTest(state=state), self.assertRefusal("paid at its till"):
                order.write({"state": state})

    def test_born_paid(self):
        for state in ("paid", "done"):
            order = self._order([self._beer_line(price=100.0)], amount_total=1.0, amount_paid=1.0, state=state)
            born = self.env["pos.order"].with_user(self.cashier).create(order)
            self.assertEqual(born.state, "draft")

    def test_a_draft_synced_as_done(self):
        order = self._order([self._beer_line(price=self._untaxed(5.0))], state="draft")
        self._sync(order)
        with self.assertRefusal("paid at its till"):
            self._sync({**order, "lines": [], "state": "done"})

    def test_an_article_given_back_pays_no_top_up(self):
        lines = [self._top_up_line(self._card(), 20.0), self._beer_line(-1, self._untaxed(20.0))]
        with self.assertRefusal("does not pay a top-up"):
            self._sync(self._order(lines))

    def test_what_paid_a_top_up_stays(self):
        order = self._fill(self._card(), 20.0)
        payment = order.payment_ids.with_user(self.cashier)
        with self.assertRefusal("What paid a top-up"):
            payment.unlink()
        with self.assertRefusal("What paid a top-up"):
            payment.write({"amount": 1.0})
        with self.assertRefusal("What paid a top-up"):
            payment.create({**self._payment(self.till, "cash", -20.0), "pos_order_id": order.id})

    # --- nothing comes back that was not sold -----------------------------------------------------------------------

    def test_a_top_up_is_paid_back_once_for_what_it_was(self):
        order = self._fill(self._card(10000), 1.0)
        with self.assertRefusal("more than was sold"):
            self._sync(self._empty(order.lines, 100.0))
        self._sync(self._empty(order.lines, 1.0))
        with self.assertRefusal("more than was sold"):
            self._sync(self._empty(order.lines, 1.0))

    def test_a_card_is_not_emptied_by_the_refund_of_a_beer(self):
        card = self._card(10000)
        order = self._sell(5.0, tibillet_card=card.number)
        with self.assertRefusal("is not what was sold"):
            self._sync(self._empty(order.lines, 4.0))

    def test_an_article_comes_back_once_at_its_price(self):
        line = self._sell(5.0).lines
        with self.assertRefusal("more than was sold"):
            self._sync(self._give_back(line, 5.0, qty=-10))
        self.assertEqual(self._sync(self._give_back(self._sell(5.0).lines, 2.0)).state, "paid")
        with self.assertRefusal("more than was sold"):
            self._sync(self._give_back(line, 50.0))
        refund = self._sync(self._give_back(line, 5.0))
        with self.assertRefusal("more than was sold"):
            self._sync(self._give_back(line, 5.0))
        with self.assertRefusal("more than was sold"):
            self._sync(self._give_back(refund.lines, 5.0))

    def test_what_was_given_back_is_counted_by_the_server_alone(self):
        card, order_uuid = self._card(500), str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, 500)
        line = self._beer_line(price=self._untaxed(5.0))
        order = self._sync(self._order([line], [payment], order_uuid, state="draft"))
        order.payment_ids.with_user(self.cashier).write({"tibillet_refunded": -10000})
        self.assertFalse(order.payment_ids.tibillet_refunded)

    def test_a_refund_goes_to_the_card_that_paid(self):
        """Whatever another payment of that order says of it."""
        victim, mine, order_uuid = self._card(500), self._card(), str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, victim, 500)
        copied = {"tibillet_hold": payment["tibillet_hold"], "tibillet_card": mine.number}
        line = self._beer_line(price=self._untaxed(10.0))
        order = self._sync(self._order([line], [payment, self._payment(self.till, "cash", 5.0, **copied)], order_uuid))
        self._sync(self._give_back(order.lines, 5.0, kind="terminal", **copied))
        self.assertEqual((self._held(victim), self._held(mine)), ((500, 0), (0, 0)))

    # --- late -------------------------------------------------------------------------------------------------------

    def test_cash_is_not_late_by_a_hold_made_up(self):
        self.pos_session.close_session_from_ui()
        line = self._beer_line(price=self._untaxed(5.0))
        for hold in ("x", ["x"], {"x": 1}):
            with self.subTest(hold=hold), mute_logger(SYNC_LOGGER), self.assertRefusal("No open session"):
                self._sync(self._order([line], [self._payment(self.till, "cash", 5.0, tibillet_hold=hold)]))

    def test_a_payment_cancelled_before_the_closing_stays_cancelled(self):
        card, order_uuid = self._card(500), str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, 500)
        self.env["tibillet.till"].with_user(self.cashier)._release(self.pos_session.id, payment["tibillet_hold"])
        self.pos_session.close_session_from_ui()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pos_session SET stop_at = stop_at + interval '1 minute' WHERE id = %s", [self.pos_session.id]
        )
        self.pos_session.invalidate_recordset()
        with mute_logger(SYNC_LOGGER), self.assertRefusal("was cancelled"):
            self._sync(self._order([self._beer_line(price=self._untaxed(5.0))], [payment], order_uuid))

    # --- what is a manager's, what is no row ------------------------------------------------------------------------

    def test_a_cashier_does_not_set_the_till(self):
        for vals in ({"tibillet_cashier_login": True}, {"tibillet_wedge": False}, {"tibillet_lock_minutes": 0}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.till.with_user(self.cashier).write(vals)

    def test_ids_that_no_row_has(self):
        tap, till = self._tap(self._card()), self.env["tibillet.till"].with_user(self.cashier)
        uuids = [str(uuid.uuid4()) for _ in range(2)]
        for bad in (2**31, 2**70, -(2**40), 0, True, 1.5, "1", None):
            with self.subTest(id=bad):
                self.assertEqual(till._card(bad, tap)["code"], "session")
                self.assertEqual(till._login(bad, tap)["code"], "session")
                self.assertEqual(till._authorise(bad, *uuids, 100, tap)["code"], "session")
                units = [{"asset": bad, "amount": 5}]
                self.assertEqual(till._authorise(self.pos_session.id, *uuids, 0, tap, (), units)["code"], "request")
                self.assertFalse(self.env["tibillet.till.device"]._of_token(bad, "x"))
        for bad in (None, "x", {"x": 1}, [1]):
            with self.subTest(holds=bad):
                self.assertEqual(till._authorise(self.pos_session.id, *uuids, 100, tap, bad)["code"], "request")


@tagged("post_install", "-at_install")
class TestForgedCashier(LoginCase):
    """A hold made up names no cashier, a card's tap none who is not there."""

    def _sold(self, payment, order_uuid=None):
        line = self._beer_line(price=self._untaxed(5.0))
        return self._order([line], [payment], order_uuid, tibillet_cashier_id=self.zoe.id)

    def test_cash_is_no_tap(self):
        with self.assertRefusal("Tap your cashier card"):
            self._sync(self._sold(self._payment(self.till, "cash", 5.0, tibillet_hold="x")))

    def test_a_tap_of_another_line_is_no_tap(self):
        hold = self._nfc_payment(str(uuid.uuid4()), self.customer_card, 500)["tibillet_hold"]
        with self.assertRefusal("Tap your cashier card"):
            self._sync(self._sold(self._payment(self.till, "cash", 5.0, tibillet_hold=hold)))

    def test_a_tap_names_nobody_who_never_tapped_in(self):
        order_uuid = str(uuid.uuid4())
        order = self._sync(self._sold(self._nfc_payment(order_uuid, self.customer_card, 500), order_uuid))
        self.assertEqual((order.state, order.tibillet_cashier_id), ("paid", self.cashier))
