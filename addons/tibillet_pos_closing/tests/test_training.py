import uuid

from odoo.exceptions import UserError

from .common import ClosingCase


class TestTraining(ClosingCase):
    """A till in training: everything works, nothing counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pos_session.action_pos_session_closing_control()
        cls.till.tibillet_training = True
        cls.pos_session = cls._open_session(cls.till)

    def test_nothing_is_stored(self):
        card = self._card(1000)
        with self.assertUnchanged():
            self.assertFalse(self._sell(6.0))
            self.assertFalse(self._fill(card, 20.0))
            answer = self._authorise(card, 600)
        self.assertEqual((answer["status"], answer["card"]), ("held", card.number))
        self.assertEqual(answer["lines"], [{"asset": "SIMULATION", "amount": 600}])
        order_uuid, payment_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        payment = self._payment(self.till, "terminal", 6.0, uuid=payment_uuid, tibillet_hold=answer["hold"])
        with self.assertUnchanged():
            self.assertFalse(self._sync(self._order([self._beer_line()], [payment], order_uuid)))
        self.assertEqual(self._held(card), (1000, 0))

    def test_a_tap_s_hold_is_given_back_at_once(self):
        hold = self._authorise(self._card(1000), 600)["hold"]
        till = self.env["tibillet.till"].with_user(self.cashier)
        self.assertEqual(till._release(self.pos_session.id, hold), {"status": "released"})

    def test_a_blocked_card_is_refused_as_it_would_be(self):
        self.assertEqual(self._authorise(self._card(1000, state="blocked"), 600)["status"], "refused")

    def test_a_training_hold_pays_nothing_real(self):
        hold = self._authorise(self._card(1000), 600)["hold"]
        self._close_till()
        self.till.tibillet_training = False
        real = self._open_session(self.till)
        payment = self._payment(self.till, "terminal", 6.0, tibillet_hold=hold)
        with self.assertRefusal("No card was tapped"):
            self._sync(self._order([self._beer_line(price=self._untaxed(6.0))], [payment], session=real))

    def test_no_ticket_z_no_cash_no_act(self):
        with self.assertRaisesRegex(UserError, "in training"):
            self.pos_session.try_cash_in_out("in", 5, "change", False, {})
        with self.assertRaisesRegex(UserError, "in training"):
            self.env["tibillet.till.act"]._log(self.pos_session, "void", amount=5)
        self.assertIn("SIMULATION", self.pos_session.tibillet_report()["html"])
        self.assertFalse(self._close_till())

    def test_what_was_sold_in_training_never_enters_later(self):
        order = self._order([self._beer_line()], [self._payment(self.till, "cash", 6.0)])
        self._close_till()
        self.till.tibillet_training = False
        self._open_session(self.till)
        self.assertFalse(self._sync(order))

    def test_only_a_closed_till_changes_its_mode(self):
        with self.assertRaisesRegex(UserError, "Close Bar till first"):
            self.till.tibillet_training = False
