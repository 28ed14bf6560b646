import json
import re

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tibillet_payment.tests.common import OnlineCase
from odoo.addons.tibillet_ticketing.tests.common import Tickets


@tagged("post_install", "-at_install")
class WebTicketCase(Tickets, HttpCase, OnlineCase):
    """The bar's website sells tonight's concert, full price 12 and reduced 8; a meal is free."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.website.company_id = cls.bar
        cls.concert = cls.make_event(cls.bar_place, "Concert", is_published=True)
        cls.full, cls.reduced = cls.concert.event_ticket_ids
        cls.full.price, cls.reduced.price = 12, 8
        cls.concert.event_ticket_ids.product_id.taxes_id = False
        cls.meal = cls.make_event(cls.bar_place, "Meal", is_published=True)
        cls.meal.event_ticket_ids.price = 0

    def choose(self, event, chosen, slot=None):
        """Press "Register" with {ticket: seats}; returns the HTML of the attendees' form."""
        form = {f"nb_register-{ticket.id if ticket else 0}": str(seats) for ticket, seats in chosen.items()}
        form |= {"event_slot_id": str(slot.id)} if slot else {}
        body = {"jsonrpc": "2.0", "method": "call", "params": form}
        answer = self.url_open(
            f"/event/{event.id}/registration/new", data=json.dumps(body), headers={"Content-Type": "application/json"}
        ).json()
        self.assertNotIn("error", answer)
        page = answer["result"]
        if token := re.search(r'name="csrf_token" value="([^"]+)"', page):
            self.csrf = token[1]
        return page

    def confirm(self, event, chosen, name="Anna", email="anna@people.example", slot=None):
        """Send the attendees' form; returns the response that the redirections end at."""
        form = {"csrf_token": self.csrf}
        tickets = [ticket for ticket, seats in chosen.items() for _seat in range(seats)]
        for number, ticket in enumerate(tickets, 1):
            form[f"{number}-event_ticket_id"] = ticket.id if ticket else 0
            if slot:
                form[f"{number}-event_slot_id"] = slot.id
        for question in event.general_question_ids:
            answer = {"name": name, "email": email}.get(question.question_type)
            if answer:
                form[f"0-{question.question_type}-{question.id}"] = answer
        for question in event.specific_question_ids:
            for number in range(1, len(tickets) + 1):
                answer = {"name": name, "email": email}.get(question.question_type)
                if answer:
                    form[f"{number}-{question.question_type}-{question.id}"] = answer
        return self.url_open(f"/event/{event.id}/registration/confirm", data=form)

    def buy(self, event, chosen, **who):
        """Choose and confirm: the cart's order."""
        self.choose(event, chosen)
        orders = self.env["sale.order"].sudo()
        before = orders.search([])
        response = self.confirm(event, chosen, **who)
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("registration_error_code", response.url)
        return orders.search([]) - before

    def as_somebody_else(self):
        """Another browser, nobody signed in."""
        self.authenticate(None, None)
        self.opener.cookies.clear()

    def held_seats(self, event=None):
        self.env.flush_all()
        self.env.invalidate_all()
        holds = self.env["tibillet.seat.hold"].search([("event_id", "=", (event or self.concert).id)])
        return sum(holds.mapped("seats"))

    def pay(self, order, act="_set_done"):
        """The provider says that `order` is paid; returns its transaction, post-processed as by Odoo's cron."""
        tx = self._create_transaction(
            "direct",
            reference=f"{order.name}-{len(order.transaction_ids)}",
            amount=order.amount_total,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            sale_order_ids=[Command.set(order.ids)],
        )
        self.hear(tx, act)
        tx._post_process()
        return tx
