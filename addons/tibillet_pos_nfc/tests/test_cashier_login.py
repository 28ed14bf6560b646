import uuid
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from .login_common import LoginCase


@tagged("post_install", "-at_install")
class TestCashierLogin(LoginCase, HttpCase):
    """A till that asks for a cashier card, asked as its page asks: by HTTP, with its cookie."""

    def setUp(self):
        super().setUp()
        self.authenticate("till_cashier", "till_cashier")

    def _ask(self, act, card=None, **params):
        tap = {"tap": self._tap(card)} if card else {}
        return self.make_jsonrpc_request(f"/tibillet_nfc/{act}", {"session_id": self.pos_session.id, **tap, **params})

    def _pay(self):
        return self._ask(
            "authorise",
            self.customer_card,
            payment_uuid=str(uuid.uuid4()),
            order_uuid=str(uuid.uuid4()),
            amount=100,
        )

    def _acts(self, kind):
        return self.env["tibillet.till.act"].search([("session_id", "=", self.pos_session.id), ("kind", "=", kind)])

    def _cash_order(self, **vals):
        return self._order([self._beer_line()], [self._payment(self.till, "cash", 6.0)], **vals)

    def _send(self, order):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/pos.order/sync_from_ui",
            {"model": "pos.order", "method": "sync_from_ui", "args": [[order]], "kwargs": {}},
        )

    def assertRefused(self, answer, code, sentence):
        self.assertEqual((answer["status"], answer.get("code")), ("refused", code), answer)
        self.assertIn(sentence, answer["message"])

    # --- tapping in -------------------------------------------------------------------------------------------------

    def test_nothing_before_a_tap(self):
        for answer in (self._ask("card", self.customer_card), self._pay()):
            self.assertRefused(answer, "cashier", "Tap your cashier card")

    def test_a_tap_opens_the_till(self):
        answer = self._ask("login", self.zoe_card)
        self.assertEqual(answer["cashier"], {"id": self.zoe.id, "name": self.zoe.name, "manager": False})
        self.assertEqual(self._pay()["status"], "held")
        act = self._acts("login")
        self.assertEqual((act.cashier_id, act.card_number), (self.zoe, self.zoe_card.number))

    def test_before_the_till_is_opened(self):
        self.pos_session.state = "opening_control"
        self.assertEqual(self._ask("login", self.zoe_card)["status"], "ok")
        self.pos_session.state = "closing_control"
        self.assertRefused(self._ask("login", self.zoe_card), "session", "This till is closed")

    def test_another_venues_till(self):
        session = self._open_session(self.hall_till)
        for act, params in (("login", {"tap": self._tap(self.zoe_card)}), ("logout", {})):
            answer = self.make_jsonrpc_request(f"/tibillet_nfc/{act}", {"session_id": session.id, **params})
            self.assertRefused(answer, "session", "This till is closed")

    def test_leaving_locks(self):
        self._ask("login", self.zoe_card)
        self._ask("logout")
        self.assertRefused(self._pay(), "cashier", "Tap your cashier card")

    def test_another_browser_is_not_seated(self):
        self._ask("login", self.zoe_card)
        self.authenticate("till_cashier", "till_cashier")
        self.assertRefused(self._pay(), "cashier", "Tap your cashier card")

    def test_a_hold_is_given_back_from_a_locked_till(self):
        self._ask("login", self.zoe_card)
        hold = self._pay()["hold"]
        self._ask("logout")
        self.assertEqual(self._ask("release", hold=hold)["status"], "released")

    def test_a_customer_card_opens_nothing(self):
        answer = self._ask("login", self.customer_card)
        self.assertRefused(answer, "unknown", "This is not a cashier card")
        self.assertEqual(self._acts("refused").card_number, self.customer_card.number)

    def test_an_unknown_chip_opens_nothing(self):
        answer = self._ask("login", tap={"uid": "04DEADBEEF0000", "source": "wedge"})
        self.assertRefused(answer, "unknown", "not known here")

    def test_a_card_of_another_till_is_refused(self):
        self.zoe_rights.config_ids = False
        self.assertRefused(self._ask("login", self.zoe_card), "till", "does not open Bar till")

    def test_a_till_without_cards_asks_nothing(self):
        self.till.tibillet_cashier_login = False
        self.assertEqual(self._pay()["status"], "held")

    # --- rights that end while the cashier stands at the till -------------------------------------------------------

    def test_a_lost_card_acts_no_more(self):
        self._ask("login", self.zoe_card)
        self.zoe_card.write({"state": "lost"})
        self.assertRefused(self._pay(), "cashier", "declared lost")
        self.assertRefused(self._ask("login", self.zoe_card), "lost", "declared lost")

    def test_an_expired_card_acts_no_more(self):
        self._ask("login", self.zoe_card)
        self.zoe_rights.expires_on = fields.Date.context_today(self.zoe_rights) - timedelta(days=1)
        self.assertRefused(self._ask("card", self.customer_card), "cashier", "has expired")

    def test_the_till_is_told_at_once(self):
        told = []
        self.patch(self.registry["pos.config"], "_notify", lambda config, *note, **kw: told.append((config, *note)))
        self.zoe_card.write({"state": "blocked"})
        self.assertIn((self.till, "TIBILLET_CASHIER_ENDED", {"cashiers": self.zoe.ids}), told)

    # --- orders -----------------------------------------------------------------------------------------------------

    def test_the_order_is_of_who_tapped(self):
        self._ask("login", self.zoe_card)
        order = self._cash_order(tibillet_cashier_id=self.zoe.id)
        self._send(order)
        self.assertEqual(self._stored(order).tibillet_cashier_id, self.zoe)

    def test_who_never_tapped_sells_nothing(self):
        with self.assertRefusal("Tap your cashier card"):
            self._sync(self._cash_order(tibillet_cashier_id=self.zoe.id))
        with self.assertRefusal("Tap your cashier card"):
            self._sync(self._cash_order())

    def test_a_sale_made_before_the_loss_is_kept(self):
        self._ask("login", self.zoe_card)
        self.zoe_card.write({"state": "lost"})
        sold = self._cash_order(tibillet_cashier_id=self.zoe.id)
        sold["date_order"] = fields.Datetime.to_string(fields.Datetime.now() - timedelta(minutes=10))
        self.assertEqual(self._sync(sold).tibillet_cashier_id, self.zoe)

    def test_a_sale_made_after_the_loss_is_refused(self):
        self._ask("login", self.zoe_card)
        self.zoe_card.write({"state": "lost"})
        sold = self._cash_order(tibillet_cashier_id=self.zoe.id)
        sold["date_order"] = fields.Datetime.to_string(fields.Datetime.now() + timedelta(minutes=1))
        with self.assertRefusal("had lost its rights"):
            self._sync(sold)

    def test_what_a_customers_card_paid_is_never_refused(self):
        self._ask("login", self.zoe_card)
        self.zoe_card.write({"state": "lost"})
        order = self._pay_by_card(self.customer_card, 600, tibillet_cashier_id=self.zoe.id)
        self.assertEqual(order.state, "paid")

    def test_nobody_sells_in_anothers_name(self):
        self.till.tibillet_cashier_login = False
        order = self._sync(self._cash_order(tibillet_cashier_id=self.zoe.id))
        self.assertEqual(order.tibillet_cashier_id, self.cashier)

    def _stored(self, order):
        return self.env["pos.order"].search([("uuid", "=", order["uuid"])])

    # --- settings ---------------------------------------------------------------------------------------------------

    def test_a_till_knows_the_names_of_its_cashiers(self):
        users = self.env["res.users"].with_user(self.cashier)
        records = users.search(users._load_pos_data_domain({}, self.till))
        loaded = users._load_pos_data_read(records, self.till)
        self.assertEqual(loaded[0]["id"], self.cashier.id)
        self.assertIn(self.zoe.name, [user["name"] for user in loaded[1:]])

    def test_minutes_before_a_lock(self):
        for minutes in (-1, 241):
            with self.assertRaisesRegex(ValidationError, "locks after"), self.env.cr.savepoint():
                self.till.tibillet_lock_minutes = minutes
