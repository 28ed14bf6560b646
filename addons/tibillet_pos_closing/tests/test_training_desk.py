import uuid

from odoo.tests import HttpCase
from odoo.tools import SQL

from odoo.addons.tibillet_pos_nfc.tests.login_common import LoginCase
from odoo.addons.tibillet_pos_nfc.tests.test_card_desk import DeskCase

# Tables that a desk's act may touch, beside those of TillCase._state.
TOUCHED = (
    "tibillet_card",
    "tibillet_cashier_card",
    "tibillet_ledger_balance",
    "tibillet_wallet",
    "res_partner",
    "pos_payment",
)


class TestTrainingDesk(DeskCase, HttpCase):
    """At a till in training every act of the card desk is refused by the server, whatever the page asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rich, cls.blank, cls.blocked = cls._card(5000, gift=200), cls._card(state="blank"), cls._card()
        cls.lost = cls._card(300)
        cls.blocked._block()
        cls.dora = cls.env["res.partner"].create({"name": "Dora", "email": "dora@example.org"})
        cls.real_session = cls.pos_session

    def setUp(self):
        super().setUp()
        self.authenticate("till_cashier", "till_cashier")

    def _acts_of_a_desk(self):
        """[(act, card, values)] that a real till does, every act of the desk at least once."""
        money = {"asset_id": self.bar_euro.id, "amount": 1000}
        given = {"amount": 100, "reason": "Volunteer", "approval": self.pin}
        return [
            ("top_up", self.rich, {**money, "payment_method_id": self.cash.id}),
            ("top_up", self.blank, {**money, "payment_method_id": self.bank.id}),
            ("cash_back", self.rich, {"amount": 1000, "approval": self.pin}),
            ("pay_back", self.rich, {"amount": 5000}),
            ("give", self.rich, {"asset_id": self.bar_gift.id, **given}),
            ("give", self.rich, {"asset_id": self.hours.id, **given}),
            ("link", self.rich, {"partner_id": self.dora.id}),
            ("link", self.rich, {"person": {"name": "Nora", "email": "nora@example.org"}}),
            ("replace", self.blank, {"number": self.lost.number, "approval": self.pin}),
            ("block", self.rich, {}),
            ("unblock", self.blocked, {"approval": self.pin}),
            ("void", self.blank, {"approval": self.pin}),
        ]

    def _train(self):
        self.pos_session.action_pos_session_closing_control()
        self.till.tibillet_training = True
        self.pos_session = self._open_session(self.till)

    def _ask(self, act, card, values):
        params = {
            "session_id": self.pos_session.id,
            "act": act,
            "key": str(uuid.uuid4()),
            "tap": self._tap(card),
            "values": values,
        }
        return self.make_jsonrpc_request("/tibillet_nfc/desk/act", params)

    def _state(self):
        """As of every till, with all that a desk may touch, row by row."""
        state = [super()._state()]
        for table in TOUCHED:
            self.env.cr.execute(
                SQL("SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM %s t", SQL.identifier(table))
            )
            state += self.env.cr.fetchone()
        self.env.cr.execute(
            "SELECT count(*) FROM tibillet_till_act WHERE kind NOT IN ('login', 'refused', 'wrong_pin')"
        )
        return [*state, *self.env.cr.fetchone()]

    def test_every_act_is_tried(self):
        tried = {act for act, _card, _values in self._acts_of_a_desk()}
        self.assertEqual(tried, set(self.env["tibillet.till"]._desk_acts()))

    def test_a_real_till_does_each(self):
        """Else their refusal in training would say nothing."""
        for act, card, values in self._acts_of_a_desk():
            with self.subTest(act=act, values=values), self.env.cr.savepoint() as undone:
                answer = self._ask(act, card, values)
                self.assertEqual(answer["status"], "ok", answer)
                undone.rollback()
                self.env.invalidate_all()

    def test_a_till_in_training_does_none(self):
        self._train()
        for act, card, values in self._acts_of_a_desk():
            with self.subTest(act=act, values=values), self.assertUnchanged():
                answer = self._ask(act, card, values)
                self.assertEqual(answer["status"], "refused", answer)
                self.assertIn("This till is in training", answer["message"])

    def test_a_card_is_read(self):
        self._train()
        params = {"session_id": self.pos_session.id, "tap": self._tap(self.rich)}
        with self.assertUnchanged():
            for route in ("card", "desk/card", "desk/history"):
                self.assertEqual(self.make_jsonrpc_request(f"/tibillet_nfc/{route}", params)["status"], "ok", route)
            for route in ("desk/people", "desk/lost"):
                answer = self.make_jsonrpc_request(f"/tibillet_nfc/{route}", {**params, "query": "dora"})
                self.assertEqual(answer["status"], "ok", route)

    def test_a_word_given_in_training_offers_nothing_real(self):
        self._train()
        order_uuid, line = str(uuid.uuid4()), self._beer_line(1, 0.0, tibillet_offered=True)
        params = {
            "session_id": self.pos_session.id,
            "order_uuid": order_uuid,
            "line_uuid": line["uuid"],
            "amount": 500,
            "approval": self.pin,
        }
        self.assertEqual(self.make_jsonrpc_request("/tibillet_nfc/offer", params)["status"], "ok")
        self.pos_session.action_pos_session_closing_control()
        self.till.tibillet_training = False
        self.pos_session = self._open_session(self.till)
        with self.assertRefusal("offered in training"):
            self._sync(self._order([line], [], order_uuid))


class TestTrainingLogin(LoginCase, HttpCase):
    """A cashier learns to tap in too: their card opens the till in training, a stranger's does not."""

    def test_tap_in(self):
        self.pos_session.action_pos_session_closing_control()
        self.till.tibillet_training = True
        session = self._open_session(self.till)
        self.authenticate("till_cashier", "till_cashier")
        for card, status in ((self.customer_card, "refused"), (self.zoe_card, "ok")):
            with self.assertUnchanged():
                params = {"session_id": session.id, "tap": self._tap(card)}
                self.assertEqual(self.make_jsonrpc_request("/tibillet_nfc/login", params)["status"], status)
        with self.assertUnchanged():
            answer = self.make_jsonrpc_request("/tibillet_nfc/logout", {"session_id": session.id})
        self.assertEqual(answer["status"], "ok")
