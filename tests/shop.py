"""A bar that sells tickets on the web, and its visitors on a phone who have no account."""

import re

from .online import PEOPLE, SECRET, SEED, wait_until
from .rig.fakestripe import GOOD

EVENTS = """
from datetime import timedelta
from odoo import fields

company = env["res.company"].search([("name", "=", "Le Bar")])
place = env["tibillet.place"].search([("company_id", "=", company.id)])
env.ref("base.user_admin").company_ids |= company
company.partner_id.email = "bar@places.example"
env["website"].search([]).company_id = company
now = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
mail = env.ref("tibillet_ticketing_website.mail_ticket")
def event(name, prices, **vals):
    made = env["event.event"].with_company(company).create({
        "name": name, "company_id": company.id, "organizer_id": company.partner_id.id, "date_tz": "Europe/Paris",
        "date_begin": now + timedelta(days=5), "date_end": now + timedelta(days=5, hours=4), "is_published": True,
        "event_ticket_ids": [Command.create({"name": price, "price": cost}) for price, cost in prices], **vals,
    })
    return {"id": made.id, "tickets": made.event_ticket_ids.ids}
env.ref("event_product.product_product_event").taxes_id = False
result["events"] = {
    "concert": event("Fanfare", [("Full", 12), ("Low", 8)], tibillet_cancellable=True),
    "meal": event("Cantine", [("Share", 0)]),
    "last": event("Duo", [("Full", 10)], seats_limited=True, seats_max=2),
    "ball": event("Bal", [("Full", 15)]),
}
result["jobs"] |= {"news": env.ref("tibillet_ticketing_website.cron_event_news").id,
                   "tickets": env.ref("event.event_mail_scheduler").id}
result["company"] = company.id
euro = env["tibillet.asset"].browse(result["asset"])
from odoo.addons.tibillet_base import ledger
wallet = result["wallets"]["ann"]
env["tibillet.ledger.transaction"]._post([ledger.Entry("gift of the tests", "top_up", place.id, (
    ledger.Line(wallet, euro.id, 5000), ledger.Line(place.wallet_id.id, euro.id, -5000)))])
for name in ("ann",):
    env["res.partner"].search([("email", "=", name + "@people.example")]).phone = "0612345678"
env.cr.commit()
"""
SHOP = SEED % {"secret": SECRET, "people": PEOPLE} + EVENTS


class Visitor:
    """Somebody with a phone and no account: `page` is theirs."""

    def __init__(self, venue, events, context, lang="en"):
        self.venue, self.events, self.context, self.lang = venue, events, context, lang
        self.page = context.new_page()

    def go(self, path):
        prefix = "/fr" if self.lang == "fr" else ""
        self.page.goto(f"{self.venue.server.url}{prefix}{path}", timeout=120_000)
        return self

    def choose(self, event, seats=1, price=0):
        """From the event's page to the attendees' form."""
        self.go(f"/event/{self.events[event]['id']}/register")
        # The button is one without a script, too, and then leads nowhere.
        self.page.wait_for_load_state("networkidle")
        self.page.locator("[data-bs-target='#modal_ticket_registration']").first.click()
        window = self.page.locator("#modal_ticket_registration")
        window.wait_for()
        window.locator(f"input[name=nb_register-{self.events[event]['tickets'][price]}]").fill(str(seats))
        window.locator(".a-submit").click()
        self.page.locator("#modal_attendees_registration").wait_for()
        return self

    def sign_up(self, name, email):
        """Say who comes, to the payment or, of what is free, to the end."""
        form = self.page.locator("#attendee_registration")
        for kind, words in (("name", name), ("email", email)):
            for box in form.locator(f"input[name*='-{kind}-']").all():
                box.fill(words)
        form.locator("button[type=submit]").click()
        self.page.wait_for_url(re.compile("/shop/payment|/shop/confirmation|/registration/success"))
        return self

    def pay(self, number=GOOD):
        """Pay by card at the Stripe of the tests; the intent it became."""
        known = len(self.venue.stripe.intents)
        radio = self.page.locator("[data-payment-method-code=card]")
        self.page.locator("[name=o_payment_option]").filter(has=radio).locator("label").first.click()
        self.page.locator("[name=number]").fill(number)
        self.page.locator("[name=o_payment_submit_button]:visible").first.click()
        intents = self.venue.stripe.intents
        wait_until(lambda: len(intents) > known and intents[f"pi_{known + 1}"]["payment_method"])
        return intents[f"pi_{known + 1}"]

    def read(self, words):
        self.page.get_by_text(words).first.wait_for()
        return self


def tickets(venue, email):
    """[(id, state, price of its line in cents)] of an address."""
    return venue.rows(
        """SELECT r.id, r.state, round(COALESCE(l.price_unit, 0) * 100)::int FROM event_registration r
             LEFT JOIN sale_order_line l ON l.id = r.sale_order_line_id WHERE r.email = %s ORDER BY r.id""",
        email,
    )


def mails(venue, email):
    """[(subject, body)] sent to an address, the newest last."""
    venue.run("tickets")
    return venue.rows(
        """SELECT m.subject, mail.body_html FROM mail_mail mail JOIN mail_message m ON m.id = mail.mail_message_id
            WHERE mail.email_to LIKE %s OR mail.id IN (
                SELECT rel.mail_mail_id FROM mail_mail_res_partner_rel rel
                  JOIN res_partner partner ON partner.id = rel.res_partner_id WHERE partner.email = %s)
            ORDER BY mail.id""",
        f"%{email}%",
        email,
    )


def booking(venue, email):
    """The address of the booking's page that the mail tells."""
    [*_others, (_subject, body)] = mails(venue, email)
    return re.search(r"/booking/\d+/\w+", body)[0]
