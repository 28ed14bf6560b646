import uuid

from odoo.tests import tagged

from .common import TillCase


class DeskCase(TillCase):
    """A card desk with a cashier, a manager who has a PIN, and gift and time of the bar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("desk_manager", cls.bar, "tibillet_base.group_manager")
        cls.manager.with_user(cls.manager).tibillet_pin = "4821"
        cls.pin = {"pin": "4821"}
        cls.hours = cls.env["tibillet.asset"].create(
            {"name": "Bar hours", "code": "HOURS", "kind": "time", "place_id": cls.bar_place.id}
        )
        cls.cash = cls.till.payment_method_ids.filtered(lambda method: method.type == "cash")
        cls.bank = cls.till.payment_method_ids.filtered(
            lambda method: method.type == "bank" and method.payment_method_type == "none"
        )[0]
        cls.env["tibillet.federation"].search([("name", "=", "Test network")])._share(cls.hall_euro)

    def _desk(self, act, card, key=None, tap=None, user=None, session=None, **values):
        till = self.env["tibillet.till"].with_user(user or self.cashier)
        return till._desk_act(
            (session or self.pos_session).id, act, key or str(uuid.uuid4()), tap or self._tap(card), values
        )

    def _done(self, act, card, **values):
        answer = self._desk(act, card, **values)
        self.assertEqual(answer["status"], "ok", answer)
        return answer

    def _refused(self, code, sentence, act, card, **values):
        with self.assertUnchanged():
            answer = self._desk(act, card, **values)
        self.assertEqual((answer["status"], answer.get("code")), ("refused", code), answer)
        self.assertIn(sentence, answer["message"])
        return answer

    def _acts(self, card):
        return self.env["tibillet.till.act"].search([("card_number", "=", card.number)]).sorted("id")


@tagged("post_install", "-at_install")
class TestCardDesk(DeskCase):
    """Money acts of the desk: ordinary orders, done once."""

    def test_the_desk_reads_any_card(self):
        card = self._card(2430, gift=200)
        self._credit(card, self.hall_euro, 500)
        answer = self.env["tibillet.till"].with_user(self.cashier)._desk_card(self.pos_session.id, self._tap(card))
        self.assertEqual(answer["pay_back"]["amount"], 2930)
        self.assertEqual(answer["pay_back"]["kept"], [f"{self.bar_gift.format(200)} Bar gift"])
        self.assertEqual(
            [(tile["name"], tile["refundable"]) for tile in answer["balances"]],
            [("Bar euro", True), ("Hall euro", True), ("Bar gift", False)],
        )
        self.assertEqual({grant["kind"] for grant in answer["grants"]}, {"gift", "time"})
        for state in ("lost", "blocked", "void"):
            other = self._card(state=state)
            shown = self.env["tibillet.till"].with_user(self.cashier)._desk_card(self.pos_session.id, self._tap(other))
            self.assertEqual(shown["card"]["state"], state)

    def test_an_unknown_card_creates_nothing(self):
        with self.assertUnchanged():
            answer = self._desk("top_up", None, tap={"uid": "04FFFFFFFFFFFF", "source": "box"}, asset_id=1)
        self.assertEqual(answer["code"], "unknown")

    def test_top_up(self):
        for method in (self.cash, self.bank):
            card = self._card(state="blank")
            answer = self._done("top_up", card, asset_id=self.bar_euro.id, amount=2000, payment_method_id=method.id)
            self.assertEqual(self._held(card), (2000, 0))
            act = self._acts(card)
            order = self.env["pos.order"].search([("uuid", "=", act.order_uuid)])
            self.assertEqual((order.state, order.amount_total, order.user_id), ("paid", 20.0, self.cashier))
            self.assertEqual(order.payment_ids.payment_method_id, method)
            self.assertEqual((act.kind, act.amount, act.payment_method_id), ("top_up", 2000, method))
            self.assertEqual(answer["receipt"]["order"], order.pos_reference)
            self.assertEqual(answer["receipt"]["amount_text"], self.bar_euro.format(2000))

    def test_touched_twice(self):
        card, key = self._card(1000), str(uuid.uuid4())
        values = {"asset_id": self.bar_euro.id, "amount": 2000, "payment_method_id": self.cash.id}
        first = self._done("top_up", card, key=key, **values)
        second = self._done("top_up", card, key=key, **values)
        self.assertEqual(first["receipt"], second["receipt"])
        self.assertEqual(self._held(card), (3000, 0))
        self.assertEqual(len(self._acts(card)), 1)
        # The key of one card does nothing to another.
        self.assertEqual(self._desk("top_up", self._card(), key=key, **values)["code"], "request")

    def test_pay_back_empties_money_and_keeps_the_rest(self):
        card = self._card(2430, gift=200)
        self._credit(card, self.hall_euro, 500)
        self._done("give", card, asset_id=self.hours.id, amount=90, reason="Help", approval=self.pin)
        answer = self._done("pay_back", card, amount=2930)
        self.assertEqual((self._held(card), self._held(card, self.hall_euro)), ((0, 0), (0, 0)))
        self.assertEqual((self._held(card, self.bar_gift), self._held(card, self.hours)), ((200, 0), (90, 0)))
        order = self.env["pos.order"].search([("uuid", "=", self._acts(card)[-1].order_uuid)])
        self.assertEqual((order.amount_total, order.payment_ids.amount), (-29.3, -29.3))
        self.assertEqual(order.payment_ids.payment_method_id, self.cash)
        self.assertEqual(
            {(line["name"], line["text"]) for line in answer["receipt"]["lines"]},
            {("Bar euro", self.bar_euro.format(2430)), ("Hall euro", self.hall_euro.format(500))},
        )

    def test_pay_back_refuses_another_balance_than_the_screen_says(self):
        card = self._card(1000)
        self._refused("changed", "The balance has changed", "pay_back", card, amount=900)
        self._authorise(card, 300)
        self._refused("changed", "The balance has changed", "pay_back", card, amount=1000)
        self._refused("empty", "Nothing on this card is paid back", "pay_back", self._card(gift=500), amount=500)
        self.bar_euro.refundable = False
        self._refused("empty", "Nothing on this card is paid back", "pay_back", card, amount=700)

    def test_cash_back_takes_a_manager(self):
        card = self._card(1000)
        self._credit(card, self.hall_euro, 500)
        self._refused("approval", "A manager must approve this", "cash_back", card, amount=1200)
        self._refused("approval", "not a manager's", "cash_back", card, amount=1200, approval={"pin": "0000"})
        self._refused("short", "Nothing was charged", "cash_back", card, amount=1600, approval=self.pin)
        self._done("cash_back", card, amount=1200, approval=self.pin)
        self.assertEqual((self._held(card), self._held(card, self.hall_euro)), ((0, 0), (300, 0)))
        act = self._acts(card)[-1]
        self.assertEqual((act.kind, act.amount, act.approver_id), ("cash_back", 1200, self.manager))

    def test_amounts_that_are_none(self):
        card = self._card(1000)
        for amount in (0, -100, 10.5, "100", True, None, 10**9):
            with self.subTest(amount=amount):
                self._refused(
                    "amount",
                    "above zero",
                    "top_up",
                    card,
                    asset_id=self.bar_euro.id,
                    amount=amount,
                    payment_method_id=self.cash.id,
                )
                self._refused("amount", "above zero", "cash_back", card, amount=amount, approval=self.pin)

    def test_requests_that_no_till_sends(self):
        card = self._card(1000)
        for act, key, values in (
            ("dance", str(uuid.uuid4()), {}),
            ("block", "'; DROP", {}),
            ("block", 12, {}),
            ("block", str(uuid.uuid4()), {"approver_id": 2}),
        ):
            with self.subTest(act=act), self.assertUnchanged():
                answer = self._desk(act, card, key=key, **values)
                self.assertEqual(answer["code"], "request")
        nfc = self.till.payment_method_ids._tibillet_nfc()
        for method in (nfc.id, 0, "1", self.hall_till.payment_method_ids[0].id):
            with self.subTest(method=method):
                self._refused(
                    "method",
                    "cannot pay that way",
                    "top_up",
                    card,
                    asset_id=self.bar_euro.id,
                    amount=100,
                    payment_method_id=method,
                )
        for asset in (self.bar_gift.id, 0, "1"):
            self._refused(
                "asset", "not taken here", "top_up", card, asset_id=asset, amount=100, payment_method_id=self.cash.id
            )

    def test_a_ceiling_holds(self):
        self.bar_euro.ceiling = 2500
        card = self._card(1000)
        answer = self._refused(
            "refused",
            "top it up by",
            "top_up",
            card,
            asset_id=self.bar_euro.id,
            amount=2000,
            payment_method_id=self.cash.id,
        )
        refused = self._acts(card)
        self.assertEqual((refused.kind, refused.reason), ("refused", answer["message"][:120]))

    def test_a_till_alone_pays_nothing_back(self):
        """The order of a pay-back sent by hand, with the desk's words or without, is refused."""
        card = self._card(1000)
        line = self._top_up_line(card, 10.0, qty=-1, price_subtotal=-10.0, price_subtotal_incl=-10.0)
        with self.assertRefusal("To pay a top-up back"):
            self._sync(self._order([line], [self._payment(self.till, "cash", -10.0)]))
        key = str(uuid.uuid4())
        self._done("pay_back", card, key=key, amount=1000)
        act = self._acts(card)
        self._credit(card, self.bar_euro, 1000)
        with self.assertUnchanged():
            self._sync(self._order([line], [self._payment(self.till, "cash", -10.0)], order_uuid=act.order_uuid))

    def test_a_closed_session(self):
        card = self._card(1000)
        self.pos_session.state = "closing_control"
        self._refused("session", "This till is closed", "pay_back", card, amount=1000)

    def test_who_has_no_till(self):
        card = self._card(1000)
        for groups, code in ((("base.group_user",), "access"), (("tibillet_base.group_accountant",), "access")):
            user = self._account_user(f"desk_{code}_{groups[0][-4:]}", self.bar, *groups)
            self._refused(code, "may not use the till", "pay_back", card, amount=1000, user=user)
        stranger = self._account_user("desk_stranger", self.hall, "tibillet_base.group_cashier")
        self._refused("session", "This till is closed", "pay_back", card, amount=1000, user=stranger)

    def test_the_closing_books_what_the_desk_did(self):
        card = self._card()
        self._done("top_up", card, asset_id=self.bar_euro.id, amount=3000, payment_method_id=self.cash.id)
        self._done("cash_back", card, amount=500, approval=self.pin)
        self._done("pay_back", card, amount=2500)
        self.pos_session.action_pos_session_closing_control()
        self.pos_session.with_user(self.env.user).close_session_from_ui()
        self.assertEqual(self.pos_session.state, "closed")
        self.assertControlZero(self.bar_euro)
