import uuid

from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestOffered(TillCase):
    """A manager's word makes an article free; without it, or for more than it said, the order is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("till_manager", cls.bar, "tibillet_base.group_manager")
        cls.manager.with_user(cls.manager).tibillet_pin = "4821"

    def _offer(self, order_uuid, line_uuid, amount=500, session=None, pin="4821"):
        till = self.env["tibillet.till"].with_user(self.cashier)
        return till._offer((session or self.pos_session).id, order_uuid, line_uuid, amount, {"pin": pin}, "birthday")

    def _free_beer(self, qty=1, **vals):
        return self._beer_line(qty, 0.0, tibillet_offered=True, **vals)

    def test_free_with_what_it_would_cost(self):
        order_uuid, line = str(uuid.uuid4()), self._free_beer()
        self.assertEqual(self._offer(order_uuid, line["uuid"]), {"status": "ok", "approver": self.manager.name})
        order = self._sync(self._order([line], (), order_uuid))
        self.assertEqual((order.state, order.amount_total), ("paid", 0.0))
        self.assertEqual((order.lines.tibillet_offered, order.lines.tibillet_list_price), (True, 5.0))
        act = self.env["tibillet.till.act"].search([("order_uuid", "=", order_uuid)])
        self.assertEqual(
            (act.kind, act.amount, act.approver_id, act.reason), ("offered", 500, self.manager, "birthday")
        )

    def test_asked_twice_is_logged_once(self):
        order_uuid, line_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        self.assertEqual(self._offer(order_uuid, line_uuid), self._offer(order_uuid, line_uuid))
        self.assertEqual(self.env["tibillet.till.act"].search_count([("order_uuid", "=", order_uuid)]), 1)

    def test_a_pin_that_is_no_manager_s(self):
        order_uuid, line = str(uuid.uuid4()), self._free_beer()
        self.assertEqual(self._offer(order_uuid, line["uuid"], pin="1234")["status"], "refused")
        self.assertFalse(self.env["tibillet.till.act"].search([("order_uuid", "=", order_uuid)]))
        order = self._order([line], (), order_uuid)
        with self.assertRefusal("offered without a manager's word"):
            self._sync(order)

    def test_without_a_manager(self):
        order = self._order([self._free_beer()])
        with self.assertRefusal("offered without a manager's word"):
            self._sync(order)

    def test_a_word_for_another_order(self):
        line = self._free_beer()
        self._offer(str(uuid.uuid4()), line["uuid"])
        with self.assertRefusal("offered without a manager's word"):
            self._sync(self._order([line]))

    def test_more_than_was_approved(self):
        order_uuid, line = str(uuid.uuid4()), self._free_beer(qty=3)
        self._offer(order_uuid, line["uuid"])
        with self.assertRefusal("more is offered than the manager approved"):
            self._sync(self._order([line], (), order_uuid))

    def test_offered_is_free(self):
        order_uuid, line = str(uuid.uuid4()), self._beer_line(price=self._untaxed(6), tibillet_offered=True)
        self._offer(order_uuid, line["uuid"])
        with self.assertRefusal("its price is zero"):
            self._sync(self._order([line], [self._payment(self.till, "cash", 6.0)], order_uuid))

    def test_what_no_till_sends(self):
        order_uuid, line_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        with self.assertUnchanged():
            for amount in (0, -1, 1.5, None):
                self.assertEqual(self._offer(order_uuid, line_uuid, amount)["code"], "amount")
            self.assertEqual(self._offer("x", line_uuid)["code"], "request")
