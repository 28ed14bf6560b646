from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import ClosingCase


@tagged("post_install", "-at_install")
class TestForged(ClosingCase):
    """A cashier may write on sessions and orders, says Odoo: not past a closing, nor out of one."""

    def setUp(self):
        super().setUp()
        self._abroad()

    def test_a_cashier_puts_no_session_in_training(self):
        session = self.pos_session.with_user(self.cashier)
        with self.assertRefusal("puts a till in training"):
            session.write({"tibillet_training": True})
        other = self.till.copy({"name": "Other till"})
        opened = self.env["pos.session"].with_user(self.cashier)
        opened = opened.create({"config_id": other.id, "user_id": self.cashier.id, "tibillet_training": True})
        self.assertFalse(opened.tibillet_training)

    def test_a_session_closes_by_its_closing(self):
        self._sell(5)
        with self.assertRefusal("Close this till from its screen"):
            self.pos_session.with_user(self.cashier).write({"state": "closed"})

    def test_a_closed_session_stays_closed(self):
        self._sell(5)
        self._close_till()
        for state in ("opened", "opening_control", "closing_control"):
            with self.subTest(state=state), self.assertRefusal("not opened again"):
                self.pos_session.with_user(self.cashier).write({"state": state})

    def test_no_order_moves_into_a_closed_session(self):
        self._sell(5)
        closed = self.pos_session
        self._close_till()
        opened = self._open_session(self.till)
        order = self._sync(self._order([self._beer_line()], state="draft", session=opened))
        with self.assertRefusal("nothing enters it"):
            order.with_user(self.cashier).write({"session_id": closed.id})

    def test_a_cancelled_order_is_not_paid_after_the_closing(self):
        self._sell(5)
        order = self._sync(self._order([self._beer_line()], state="draft"))
        order.with_context(active_ids=order.ids).action_pos_order_cancel()
        self._close_till()
        total = order.amount_total
        self.env.cr.execute("UPDATE pos_order SET amount_paid = %s WHERE id = %s", [total, order.id])
        order.invalidate_recordset()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.with_user(self.cashier).action_pos_order_paid()
        self.assertEqual(order.state, "cancel")

    def test_no_order_of_a_till_in_training_by_hand(self):
        self._close_till()
        self.till.tibillet_training = True
        training = self._open_session(self.till)
        vals = self._order([self._beer_line()], session=training, state="draft")
        with self.assertRefusal("is in training"):
            self.env["pos.order"].with_user(self.cashier).create(vals)

    def test_two_corrections_at_once(self):
        """The session's row is written: who waited for it starts again, and finds nothing left to correct."""
        order = self._sell(5)
        where = SQL("SELECT ctid FROM pos_session WHERE id = %s", self.pos_session.id)
        self.env.flush_all()
        [[before]] = self.env.execute_query(where)
        order.with_user(self.cashier).tibillet_correct_payment(self.cash.id, self.bank.id, "Wrong key")
        [[after]] = self.env.execute_query(where)
        self.assertNotEqual(before, after)
