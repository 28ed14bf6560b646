"""A till for tests: the NFC payments of a session without a browser. Public: other addons' tests use it."""

import uuid
from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_base.tests.common import own_keyring
from odoo.addons.tibillet_cashless.tests.common import CashlessCase

UIDS = iter(f"04{number:012X}" for number in range(0xA1B2C3, 0xA1C2C3))


@tagged("post_install", "-at_install")
class TillCase(CashlessCase):
    """A bar and a hall in France, a federation that shares the bar's euro, a till of each, an open session at the bar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(own_keyring(cls.env))
        # What a real venue has, and its receipts show.
        cls.bar.write({"street": "3 ruelle du Fond", "zip": "34000", "city": "Montpellier", "vat": "FR13990000010"})
        cls.bar.company_registry = "99000001000019"
        cls.bar_gift = cls.env["tibillet.asset"].create(
            {
                "name": "Bar gift",
                "code": "GIFT",
                "kind": "gift",
                "gift_treatment": "payment",
                "place_id": cls.bar_place.id,
                "currency_id": cls.env.ref("base.EUR").id,
            }
        )
        cls.federation = (
            cls.env["tibillet.federation"]
            .sudo()
            .create(
                {
                    "name": "Test network",
                    "member_ids": [
                        Command.create({"place_id": place.id, "state": "accepted"})
                        for place in (cls.bar_place, cls.hall_place)
                    ],
                }
            )
        )
        cls.batch = cls.env["tibillet.card.batch"].sudo().create({"name": "Test cards", "place_id": cls.bar_place.id})
        cls.till, cls.hall_till = cls.bar._tibillet_open_till("Bar till"), cls.hall._tibillet_open_till("Hall till")
        cls.cashier = cls._account_user("till_cashier", cls.bar, "tibillet_base.group_cashier")
        cls.tax = cls.company_data["default_tax_sale"]
        cls.beer = cls.env["product.product"].create(
            {
                "name": "Test beer",
                "available_in_pos": True,
                "list_price": 5.0,
                "type": "consu",
                "taxes_id": [Command.set(cls.tax.ids)],
            }
        )
        cls.top_up_product = cls.bar_euro._topup_product(cls.bar)
        cls.pos_session = cls._open_session(cls.till)

    @classmethod
    def _open_session(cls, till):
        session = (
            cls.env["pos.session"]
            .with_company(till.company_id)
            .create(
                {
                    "config_id": till.id,
                    "user_id": cls.env.uid,
                }
            )
        )
        session.set_opening_control(0, "")
        return session

    @classmethod
    def _card(cls, cents=0, gift=0, state="active", partner=None):
        """A card with euros and gift of the bar on it; `card.uid` is what its chip says."""
        uid = next(UIDS)
        card = cls.batch._add_cards([{"number": uid[-8:], "uid": uid, "qr_uuid": str(uuid.uuid4())}])
        cls.uids = {**getattr(cls, "uids", {}), card.id: uid}
        if state != "blank":
            card._activate()
        if partner:
            card._link(partner)
        for asset, amount in ((cls.bar_euro, cents), (cls.bar_gift, gift)):
            if amount:
                cls._credit(card, asset, amount)
        if state not in ("active", "blank"):
            card.write({"state": state})
        return card

    @classmethod
    def _credit(cls, card, asset, amount):
        place = asset.place_id
        cls.env["tibillet.ledger.transaction"]._post(
            [
                ledger.Entry(
                    f"test:{uuid.uuid4()}",
                    "top_up",
                    place.id,
                    (
                        ledger.Line(place.wallet_id.id, asset.id, -amount),
                        ledger.Line(card._wallet().id, asset.id, amount),
                    ),
                ),
            ]
        )

    def _tap(self, card):
        return {"uid": self.uids[card.id], "source": "wedge"}

    def _authorise(self, card, amount, order=None, payment=None, session=None, user=None, **params):
        """Answer of the till's call, for `amount` cents."""
        till = self.env["tibillet.till"].with_user(user or self.cashier)
        return till._authorise(
            (session or self.pos_session).id,
            payment or str(uuid.uuid4()),
            order or str(uuid.uuid4()),
            amount,
            params.pop("tap", None) or self._tap(card),
            **params,
        )

    def _nfc_payment(self, order_uuid, card, amount, session=None, **vals):
        """Values of a payment of `amount` cents that `card` authorised."""
        payment_uuid = str(uuid.uuid4())
        answer = self._authorise(card, amount, order_uuid, payment_uuid, session)
        self.assertEqual(answer["status"], "held", answer)
        till = (session or self.pos_session).config_id
        return self._payment(
            till,
            "terminal",
            amount / 100,
            uuid=payment_uuid,
            tibillet_hold=answer["hold"],
            tibillet_card=answer["card"],
            payment_status="done",
            **vals,
        )

    def _payment(self, till, kind, amount, **vals):
        """Values of a payment, as the till sends them; `kind`: cash, bank or terminal (the NFC card)."""
        method = till.payment_method_ids.filtered(
            lambda m: (
                m.use_payment_terminal == "tibillet_nfc"
                if kind == "terminal"
                else m.type == kind and not m.use_payment_terminal
            )
        )
        return {
            "uuid": str(uuid.uuid4()),
            "amount": amount,
            "name": "2026-01-01 12:00:00",
            "payment_method_id": method[:1].id,
            **vals,
        }

    @classmethod
    def _make_cup(cls):
        """A cup lent against a deposit of one euro."""
        return cls.env["product.product"].create(
            {
                "name": "Cup",
                "available_in_pos": True,
                "list_price": 1.0,
                "type": "service",
                "taxes_id": [Command.clear()],
                "tibillet_deposit": True,
            }
        )

    def _beer_line(self, qty=1, price=5.0, **vals):
        """A line of `price` with its tax in it."""
        untaxed = self.tax.compute_all(price, product=self.beer)["total_excluded"] if self.tax.price_include else price
        total = self.tax.compute_all(price * qty, product=self.beer)
        return {
            "product_id": self.beer.id,
            "qty": qty,
            "price_unit": price,
            "uuid": str(uuid.uuid4()),
            "discount": 0,
            "tax_ids": [Command.set(self.tax.ids)],
            "price_subtotal": total["total_excluded"],
            "price_subtotal_incl": total["total_included"],
            "full_product_name": f"Test beer {untaxed}",
            **vals,
        }

    def _top_up_line(self, card, amount, product=None, **vals):
        return {
            "product_id": (product or self.top_up_product).id,
            "qty": 1,
            "price_unit": amount,
            "discount": 0,
            "uuid": str(uuid.uuid4()),
            "tax_ids": [Command.set([])],
            "price_subtotal": amount,
            "price_subtotal_incl": amount,
            "tibillet_card": card and card.number,
            "full_product_name": "Top-up",
            **vals,
        }

    def _order(self, lines, payments=(), order_uuid=None, session=None, **vals):
        """An order as the till sends it."""
        session = session or self.pos_session
        total = sum(line["price_subtotal_incl"] for line in lines)
        return {
            "uuid": order_uuid or str(uuid.uuid4()),
            "name": "/",
            "state": "paid",
            "session_id": session.id,
            "company_id": session.company_id.id,
            "access_token": str(uuid.uuid4()),
            "user_id": self.cashier.id,
            "amount_total": total,
            "amount_tax": total - sum(line["price_subtotal"] for line in lines),
            "amount_paid": sum(payment["amount"] for payment in payments),
            "amount_return": 0,
            "partner_id": False,
            "date_order": "2026-01-01 12:00:00",
            "fiscal_position_id": False,
            "to_invoice": False,
            "lines": [Command.create(dict(line)) for line in lines],
            "payment_ids": [Command.create(dict(payment)) for payment in payments],
            **vals,
        }

    def _sync(self, order, user=None):
        """Send an order as the cashier's till does; returns the pos.order."""
        user = user or self.cashier
        self.env["pos.order"].with_user(user).sync_from_ui([order])
        return self.env["pos.order"].search([("uuid", "=", order["uuid"])])

    def _pay_by_card(self, card, cents, session=None, **vals):
        """A beer of `cents`, paid by tapping `card`."""
        order_uuid = str(uuid.uuid4())
        line = self._beer_line(price=self._untaxed(cents / 100))
        payment = self._nfc_payment(order_uuid, card, cents, session)
        return self._sync(self._order([line], [payment], order_uuid, session, **vals), self._user_of(session))

    def _untaxed(self, amount):
        """Unit price whose total with tax is `amount`."""
        return amount if self.tax.price_include else amount / (1 + self.tax.amount / 100)

    def _user_of(self, session):
        return self.env.user if session and session.company_id != self.bar else self.cashier

    def _held(self, card, asset=None):
        """(amount, held) of a card, cents."""
        self.env.flush_all()
        return ledger.balances(self.env.cr, card._wallet().id).get((asset or self.bar_euro).id, (0, 0))

    def _state(self):
        """All that a refused request must leave as it was."""
        self.env.flush_all()
        counts = []
        for table in ("tibillet_ledger_transaction", "tibillet_ledger_posting", "tibillet_ledger_hold", "pos_order"):
            self.env.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
            counts += self.env.cr.fetchone()
        self.env.cr.execute("SELECT sum(amount), sum(held) FROM tibillet_ledger_balance")
        return counts, self.env.cr.fetchone()

    @contextmanager
    def assertUnchanged(self):
        before = self._state()
        yield
        self.assertEqual(self._state(), before)

    def _abroad(self):
        """Where no law freezes what was paid before our own rules are asked."""
        self.bar.country_id = self.env.ref("base.be")

    @contextmanager
    def assertRefusal(self, message):
        """What runs inside is refused with a sentence like `message` (regular expression), and changes nothing."""
        with self.assertUnchanged(), self.assertRaisesRegex((UserError, ValidationError), message):
            with self.env.cr.savepoint():
                yield
