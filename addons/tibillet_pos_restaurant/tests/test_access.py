from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .common import RestaurantCase


class TestAccess(RestaurantCase, HttpCase):
    """Who must not: strangers, people without a till, another venue's cashier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.neighbour = cls._account_user("prep_neighbour", cls.hall, "tibillet_base.group_cashier")
        cls.clerk = cls._account_user("prep_clerk", cls.bar, "base.group_user")

    def setUp(self):
        super().setUp()
        self._table_order(self._dish())
        self.ticket = self._tickets(self.kitchen)

    def test_records(self):
        for user in (self.neighbour, self.clerk):
            for record in (self.kitchen, self.ticket, self.ticket.line_ids):
                with self.subTest(user=user.login, record=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read(["id"])
        self.assertTrue(self.ticket.with_user(self.cashier).read(["number"]))

    def test_nobody_writes_tickets_by_hand(self):
        manager = self._account_user("prep_manager", self.bar, "tibillet_base.group_manager")
        for user in (self.cashier, manager):
            for record, vals in ((self.ticket, {"state": "served"}), (self.ticket.line_ids, {"qty": 9})):
                with self.subTest(user=user.login, record=record._name), self.assertRaises(AccessError):
                    record.with_user(user).write(vals)
        with self.assertRaises(AccessError):
            self.kitchen.with_user(self.cashier).write({"red_minutes": 99})
        self.kitchen.with_user(manager).write({"red_minutes": 99})

    def test_the_channel_is_a_secret(self):
        with self.assertRaises(AccessError):
            self.kitchen.with_user(self.cashier).read(["token"])

    def _ask(self, act, **params):
        url = f"/tibillet/prep/{self.kitchen.id}/{act}"
        return self.make_jsonrpc_request(url, params)

    def test_pages(self):
        page = f"/tibillet/prep/{self.kitchen.id}"
        self.assertIn("/web/login", self.url_open(page).url)
        for login, status in (("prep_neighbour", 404), ("prep_clerk", 404), ("till_cashier", 200)):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(page).status_code, status, login)

    @mute_logger("odoo.http")
    def test_questions(self):
        for login in ("prep_neighbour", "prep_clerk"):
            self.authenticate(login, login)
            for act, params in (
                ("state", {}),
                ("move", {"ticket_id": self.ticket.id, "known": "to_prepare", "to": "ready"}),
                ("tick", {"ticket_id": self.ticket.id, "line_id": self.ticket.line_ids.id, "done": True}),
            ):
                with self.subTest(login=login, act=act), self.assertRaisesRegex(Exception, "Error"):
                    self._ask(act, **params)
        self.assertEqual(self.ticket.state, "to_prepare")

    @mute_logger("odoo.http")
    def test_a_ticket_of_another_screen(self):
        self.authenticate("till_cashier", "till_cashier")
        other = self.counter.copy({"name": "Terrace", "category_ids": [Command.set(self.food.ids)]})
        foreign = self.ticket.copy({"screen_id": other.id})
        for ticket_id in (foreign.id, 0, None, "x"):
            with self.subTest(ticket_id=ticket_id), self.assertRaisesRegex(Exception, "Error"):
                self._ask("move", ticket_id=ticket_id, known="to_prepare", to="ready")
        answer = self._ask("move", ticket_id=self.ticket.id, known="to_prepare", to="ready")
        self.assertEqual([ticket["state"] for ticket in answer["tickets"]], ["ready"])
        self.assertEqual(foreign.state, "to_prepare")
