import copy
import uuid

from .common import RestaurantCase


class TestCancel(RestaurantCase):
    """What the kitchen was told is cancelled with a manager's word, and with nothing less."""

    asks_manager = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("restaurant_manager", cls.bar, "tibillet_base.group_manager")
        cls.manager.with_user(cls.manager).tibillet_pin = "4821"
        cls.Acts = cls.env["tibillet.till.act"]

    def setUp(self):
        super().setUp()
        self.line, self.beer_line = self._dish(3), self._beer_line()
        self.order = self._table_order(self.line, self.beer_line)

    def _approve(self, qty, pin="4821", key=None, line=None, **vals):
        params = {
            "session_id": self.pos_session.id,
            "order_uuid": self.order.uuid,
            "key": key or str(uuid.uuid4()),
            "lines": {(line or self.line)["uuid"]: qty},
            "approval": {"pin": pin},
            "reason": "changed their mind",
            **vals,
        }
        return self.env["tibillet.till"].with_user(self.cashier)._cancel_lines(**params)

    def _lower(self, qty, **vals):
        self._table_order({**self.line, "qty": qty}, self.beer_line, order_uuid=self.order.uuid, **vals)

    def _acts(self):
        return self.Acts.search([("order_uuid", "=", self.order.uuid), ("kind", "=", "cancel_line")])

    def test_approved_logged_and_shown(self):
        self.assertEqual(self._approve(2), {"status": "ok", "approver": self.manager.name})
        self._lower(1)
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 1, True, False)])])
        act = self._acts()
        worth = round(self.line["price_subtotal_incl"] / 3 * 2 * 100)
        self.assertEqual((act.approver_id, act.cashier_id, act.amount), (self.manager, self.cashier, worth))
        self.assertEqual(act.reason, "2 × Test dal: changed their mind")

    def test_a_line_without_approval(self):
        for change in (
            lambda: self._lower(1),
            lambda: self._table_order(self.beer_line, order_uuid=self.order.uuid),
            lambda: self.order.with_user(self.cashier).action_pos_order_cancel(),
            lambda: self.order.with_user(self.cashier).write({"state": "cancel"}),
            lambda: self.env["pos.order"].with_user(self.cashier).remove_from_ui(self.order.ids),
        ):
            with self.assertRefusal("a manager must approve"):
                change()
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 3, False, False)])])

    def test_more_than_approved(self):
        self._approve(1)
        with self.assertRefusal("a manager must approve"):
            self._lower(1)

    def test_a_word_counts_once(self):
        key = str(uuid.uuid4())
        self._approve(1, key=key)
        self._approve(1, key=key)
        self.assertEqual(len(self._acts()), 1)
        self._lower(2)
        with self.assertRefusal("a manager must approve"):
            self._lower(1)

    def test_a_deleted_line_is_not_paid_away(self):
        """The till deletes the line, says nothing to the kitchen and takes the money of the rest."""
        self._table_order(self.beer_line, order_uuid=self.order.uuid, sent=[self.line, self.beer_line])
        values = self._order(
            [], [self._payment(self.till, "cash", self.beer_line["price_subtotal_incl"])], self.order.uuid,
            amount_total=self.order.amount_total, amount_tax=self.order.amount_tax, table_id=self.table_7.id,
            last_order_preparation_change=self._sent(self.line, self.beer_line),
        )  # fmt: skip
        with self.assertRefusal("a manager must approve"):
            self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
        self.assertEqual(self.order.state, "draft")

    def test_a_dish_is_not_paid_back_by_a_negative_line(self):
        back = self._dish(-3)
        lines = [self.line, self.beer_line, back]
        self._table_order(*lines, order_uuid=self.order.uuid, sent=[self.line, self.beer_line])
        values = self._order(
            [], [self._payment(self.till, "cash", self.beer_line["price_subtotal_incl"])], self.order.uuid,
            amount_total=self.order.amount_total, amount_tax=self.order.amount_tax, table_id=self.table_7.id,
            last_order_preparation_change=self._sent(self.line, self.beer_line),
        )  # fmt: skip
        with self.assertRefusal("a manager must approve"):
            self.env["pos.order"].with_user(self.cashier).sync_from_ui([copy.deepcopy(values)])
        self.assertEqual(self._approve(3)["status"], "ok")
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
        self.assertEqual(self.order.state, "paid")

    def test_the_whole_order(self):
        self._approve(3)
        self._approve(1, line=self.beer_line)
        self.order.with_user(self.cashier).action_pos_order_cancel()
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 0, True, True)])])

    def test_a_manager_who_cancels_in_the_back_office(self):
        self.order.with_user(self.manager).action_pos_order_cancel()
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual(set(self._acts().mapped("approver_id")), {self.manager})

    def test_a_till_that_asks_nobody(self):
        self.till.tibillet_cancel_approval = False
        self._lower(1)
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 1, True, False)])])

    def test_what_no_till_sends(self):
        with self.assertUnchanged():
            for vals in (
                {"lines": {}}, {"lines": None}, {"lines": [1]}, {"lines": {"x": 1}}, {"key": "x"}, {"key": 7},
                {"lines": {self.line["uuid"]: 0}}, {"lines": {self.line["uuid"]: float("nan")}},
                {"lines": {self.line["uuid"]: "2"}}, {"order_uuid": None}, {"order_uuid": str(uuid.uuid4())},
            ):  # fmt: skip
                with self.subTest(vals=vals):
                    self.assertEqual(self._approve(1, **vals)["code"], "request")
        self.assertEqual(self._approve(1, pin="0000")["code"], "approval")

    def test_another_venues_order(self):
        stranger = self._account_user("cancel_stranger", self.hall, "tibillet_base.group_cashier")
        till = self.env["tibillet.till"].with_user(stranger)
        session = self._open_session(self.hall_till)
        answer = till._cancel_lines(
            session.id, self.order.uuid, str(uuid.uuid4()), {self.line["uuid"]: 1}, {"pin": "4821"}
        )
        self.assertEqual(answer["code"], "request")
