"""A random month of three venues, run inside `odoo shell`: everything that moves wallets and books, through the real doors.

Tills are played at the border of their closing (`tibillet.booking`), the rest through the pages' own models. `Month(env, seed)`
opens the venues, `.live(acts)` lives it, `.settle()` ends it, `.numbers()` counts every control.
"""

import random
import uuid
from collections import Counter, defaultdict
from datetime import timedelta

from odoo import fields

from odoo.addons.tibillet_base import ledger

NAMES = ("Bar", "Hall", "Festival")
ACTS = {
    "spend": 10, "refund": 2, "top_up": 4, "cash_out": 1, "gift": 2, "hold": 3, "close": 4, "office": 2, "online": 2,
    "give_back": 1, "lose": 1, "link": 1, "reverse": 1, "sweep": 1, "mirrors": 1, "pay": 1,
    "pay_back": 1,
}  # fmt: skip


class Month(Tills):  # noqa: F821 (month_tills.py, read before this file)
    """Three French venues, each with its euro; two with a gift currency, one with a single-purpose voucher; forty cards."""

    def __init__(self, env, seed, cards=40):
        self.draw, self.done, self.spent = random.Random(seed), Counter(), []
        companies = (
            env["res.company"].with_context(install_mode=True).create([self.company(env, name) for name in NAMES])
        )
        env.user.company_ids |= companies
        self.env = env = env(context={**env.context, "allowed_company_ids": companies.ids})
        self.places = env["tibillet.place"].create(
            [{"name": company.name, "slug": f"month-{company.id}", "company_id": company.id} for company in companies]
        )
        companies.with_env(env)._tibillet_setup_books()
        self.tills = {place: defaultdict(list) for place in self.places}
        self.euros = env["tibillet.asset"].create([self.asset(place, "EUR", "money") for place in self.places])
        self.gifts = env["tibillet.asset"].create([self.asset(place, "GIFT", "gift") for place in self.places[:2]])
        self.moneys = self.euros | env["tibillet.asset"].create(self.voucher(self.places[0]))
        self.euros[0].sweep_mode = "hand"
        self.moneys.write({"online_topup": True, "online_min": 1, "online_max": 500})
        demo = env.ref("payment.payment_provider_demo")
        self.providers = {
            company: demo.copy({"company_id": company.id, "name": f"Demo {company.name}"}) for company in companies
        }
        for company, provider in self.providers.items():
            provider.write({"state": "test", "is_published": True})
            banks = [("company_id", "=", company.id), ("type", "=", "bank")]
            provider.journal_id = env["account.journal"].search(banks, limit=1)
        batch = env["tibillet.card.batch"].create({"name": "Month", "place_id": self.places[0].id})
        self.cards = batch._generate(cards * 2)
        self.fresh = list(self.cards[cards:])
        self.cards = list(self.cards[:cards])
        for card in self.cards:
            card._activate()
        self.people = list(
            env["res.partner"].create([{"name": f"Holder {n}", "email": f"{n}@holders.example"} for n in range(8)])
        )
        for card in self.cards:
            self.top_up(card._wallet())
        for card, person in zip(self.cards, self.people, strict=False):
            card._link(person)
        env.cr.commit()

    @staticmethod
    def company(env, name):
        france, euro = env.ref("base.fr"), env.ref("base.EUR")
        euro.active = True
        return {"name": f"{name} {uuid.uuid4().hex[:6]}", "country_id": france.id, "currency_id": euro.id}

    @staticmethod
    def asset(place, code, kind):
        currency = place.env.ref("base.EUR")
        values = {"name": f"{code} {place.name}", "code": code, "kind": kind, "place_id": place.id}
        return values | {"currency_id": currency.id, "refundable": kind == "money"}

    def voucher(self, place):
        company = place.company_id
        taxes = place.env["account.tax"].with_company(company)
        sale = [("company_id", "=", company.id), ("type_tax_use", "=", "sale"), ("amount_type", "=", "percent")]
        tax = taxes.search([*sale, ("amount", ">", 0), ("tax_exigibility", "=", "on_invoice")], limit=1)
        return self.asset(place, "MEAL", "money") | {"voucher_kind": "single_purpose", "voucher_tax_id": tax.id}

    # --- the month

    def live(self, acts):
        deck = [name for name, weight in ACTS.items() for _time in range(max(1, weight * acts // sum(ACTS.values())))]
        self.draw.shuffle(deck)
        for name in deck:
            self.done[name] += bool(getattr(self, name)())
            self.env.cr.commit()
        return self

    def settle(self):
        """What ends a month: tills closed, mirrors booked, corrections booked by hand, statements drawn, debts paid."""
        for place in self.places:
            self.close(place)
        self.mirrors()
        for place in self.places:
            self.by_hand(place)
        self.mirrors()
        while self.pay():
            pass
        return self

    def numbers(self):
        """{venue: {control: number}} of what is not zero, and how many were counted."""
        controls = self.env["tibillet.control"]._count(self.places.company_id)
        self.env.cr.commit()
        red = controls.filtered(lambda control: control.state != "zero")
        return {f"{c.company_id.name}: {c.kind}": c.number for c in red}, sorted(set(controls.mapped("kind")))

    # --- away from the tills

    def office(self):
        wallet, asset, free = self.purse(("money",))
        asset, company = asset or self.euros[0], (asset or self.euros[0]).place_id.company_id
        operation = self.draw.choice(("top_up", "cash_out")) if free > 0 and asset else "top_up"
        cents = self.draw.randint(1, free if operation == "cash_out" else 9000)
        wizards = self.env["tibillet.wallet.operation"].with_company(company)
        card = next(card for card in self.cards if card.state == "active" and card._wallet() == wallet)
        wizards.create(
            {
                "operation": operation,
                "card_id": card.id,
                "asset_id": asset.id,
                "amount": cents / 100,
                "reason": "Office",
            }
        ).action_confirm()
        return True

    def online(self):
        """Paid, declined or left alone, through the demo provider."""
        person, asset = self.draw.choice(self.people), self.draw.choice(self.moneys)
        wallet, provider = self.env["tibillet.wallet"]._for_partner(person), self.providers[asset.place_id.company_id]
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id, "payment_method_id": provider.payment_method_ids[:1].id, "operation": "online_direct",
                "reference": f"MONTH-{uuid.uuid4()}", "amount": self.draw.randint(100, 9000) / 100,
                "currency_id": asset.currency_id.id, "partner_id": person.id,
                **self.env["payment.transaction"]._tibillet_create_values(asset, wallet),
            }
        )  # fmt: skip
        said = self.draw.choice(("done", "done", "done", "error", "cancel", "pending"))
        for _time in range(self.draw.randint(1, 2)):
            tx._process("demo", {"reference": tx.reference, "simulated_state": said})
        self.env.cr.commit()
        return tx.tibillet_state == "credited"

    def give_back(self):
        """Some of what was paid online goes back to the bank."""
        wallets = [self.env["tibillet.wallet"]._for_partner(person) for person in self.people]
        rooms = [(wallet, asset, wallet._online_refundable(asset)) for wallet in wallets for asset in self.moneys]
        rooms = [room for room in rooms if room[2] > 0]
        if not rooms:
            return False
        wallet, asset, room = self.draw.choice(rooms)
        refunds = wallet._online_refund(asset, self.draw.randint(1, room), str(uuid.uuid4()))
        self.env.cr.commit()
        self.job("tibillet_payment.cron_give_back")
        self.job("payment.cron_post_process_payment_tx")
        return set(refunds.mapped("tibillet_state")) == {"returned"}

    def lose(self):
        old = self.draw.choice([card for card in self.cards if card.state == "active"])
        if not self.fresh:
            return False
        new = self.fresh.pop()
        old._declare_lost()
        old._replace(new)
        self.cards.append(new)
        return True

    def link(self):
        """An anonymous card becomes a person's: what it holds moves into their wallet."""
        mine = next(card for card in self.cards if card.state == "active" and card.partner_id)
        nobody_s = [card for card in self.cards if card.state == "active" and not card.partner_id]
        if len(nobody_s) < 10:
            return False
        self.draw.choice(nobody_s)._link(mine.partner_id, witness=mine)
        return True

    def reverse(self):
        """A top-up that should not have been: undone in the ledger, booked by hand at the month's end."""
        wallet, asset, free = self.purse(("money",))
        if free < 1:
            return False
        key, place, cents = f"void:{uuid.uuid4()}", asset.place_id, self.draw.randint(1, free)
        lines = (ledger.Line(wallet.id, asset.id, -cents), ledger.Line(place.wallet_id.id, asset.id, cents))
        transactions = self.env["tibillet.ledger.transaction"]
        transactions._post([ledger.Entry(key, "void", place.id, lines, "A mistake")])
        if self.draw.random() < 0.5:
            transactions._reverse(f"undo:{uuid.uuid4()}", key, place, "It was none")
        return True

    def by_hand(self, place):
        company = place.company_id
        wizard = (
            self.env["tibillet.book.operations"]
            .with_company(company)
            .create({"account_id": company.transfer_account_id.id, "name": "Corrections"})
        )
        if wizard.transaction_ids:
            wizard.action_book()
        self.env.cr.commit()

    def sweep(self):
        """What anonymous cards still hold of the first euro is taken: twice only, so that the month goes on."""
        if self.done["sweep"] > 1:
            return False
        now = fields.Datetime.now()
        sweep = (
            self.env["tibillet.sweep"]
            .with_company(self.places[0].company_id)
            .create(
                {"asset_id": self.euros[0].id, "since": now - timedelta(days=1), "until": now + timedelta(minutes=1)}
            )
        )
        self.env.cr.commit()
        sweep.action_sweep()
        self.env.cr.commit()
        self.env.invalidate_all()
        return sweep.swept_count > 0

    def pay_back(self):
        """Balances of a venue's money go back to their holders: to the card of the bank where they came from, or by hand."""
        self.env.flush_all()
        rows, asset = self.env["tibillet.dormant.balance"], self.draw.choice(self.moneys)
        found = rows.search([("asset_id", "=", asset.id)]).filtered(lambda row: row.amount > row.held)
        if not found:
            return False
        action = rows.browse(self.draw.sample(found.ids, min(3, len(found)))).action_pay_back()
        decision = self.env[action["res_model"]].browse(action["res_id"])
        decision.action_confirm()
        self.env.cr.commit()
        self.job("tibillet_payment.cron_give_back")
        self.job("payment.cron_post_process_payment_tx")
        return decision.state == "done"

    def mirrors(self):
        self.job("tibillet_cashless.cron_post_mirrors")
        return True

    def pay(self):
        """A venue sends another what it owes, or a part of it."""
        pairs = self.env["tibillet.settlement.pair"]
        pairs._open_missing()
        self.env.flush_all()
        pairs.invalidate_model()
        mine = pairs.search([("company_id", "in", self.places.company_id.ids)]).filtered(lambda pair: pair.balance < 0)
        if not mine:
            return False
        pair = self.draw.choice(mine)
        cents = round(-pair.balance * 100)
        paid = self.draw.choice((cents, self.draw.randint(1, cents))) / 100
        self.env["tibillet.settlement.transfer"]._record(
            str(uuid.uuid4()), pair.company_id, pair.other_id, paid, "Month"
        )
        self.env.cr.commit()
        return True

    def job(self, name):
        self.env.cr.commit()
        self.env.ref(name).method_direct_trigger()
        self.env.cr.commit()
        self.env.invalidate_all()
