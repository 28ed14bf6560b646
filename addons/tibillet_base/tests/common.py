import itertools
import os
import tempfile
import uuid
from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from .. import keyring, ledger

UID_A = "04A1B2C3D4E5F6"
UID_B = "04B1C2D3E4F5A6"


@contextmanager
def own_keyring(env):
    """A keyring of its own for the time of a test, made for this database."""
    with tempfile.TemporaryDirectory() as folder:
        with patch.dict(os.environ, {"TIBILLET_KEYRING": f"{folder}/tibillet.keyring"}):
            keyring.create(env["ir.config_parameter"].sudo().get_param("database.uuid"))
            yield keyring.path()


@tagged("post_install", "-at_install")
class NetworkCase(TransactionCase):
    """Two venues of one federation, each with its money, its cards and its people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True, "lang": "en_US"})
        cls.env["res.lang"]._activate_lang("en_US")
        cls.keyring_path = cls.enterClassContext(own_keyring(cls.env))
        cls.counter = itertools.count(1)
        cls.euro_currency = cls.env.ref("base.EUR")
        cls.euro_currency.active = True
        cls.bar, cls.barn = cls.make_place("Test Bar"), cls.make_place("Test Barn")
        cls.euro = cls.make_asset(cls.bar, "Test euro", "TEUR", refundable=True)
        cls.grain = cls.make_asset(cls.barn, "Test grain", "TGRAIN", refundable=True)
        cls.gift = cls.make_asset(cls.bar, "Test gift", "TGIFT", kind="gift")
        cls.hours = cls.make_asset(cls.bar, "Test hours", "THOURS", kind="time", currency_id=False)
        cls.batch = cls.make_batch(cls.bar)
        cls.barn_batch = cls.make_batch(cls.barn)
        cls.manager = cls.make_user("t_manager", cls.bar, "group_manager")
        cls.barn_manager = cls.make_user("t_barn_manager", cls.barn, "group_manager")
        cls.cashier = cls.make_user("t_cashier", cls.bar, "group_cashier")
        cls.accountant = cls.make_user("t_accountant", cls.bar, "group_accountant")
        cls.network = cls.make_user("t_network", cls.bar, "group_network_manager")
        cls.anna = cls.env["res.partner"].create({"name": "Test Anna", "email": "anna@people.example"})
        cls.ben = cls.env["res.partner"].create({"name": "Test Ben"})

    @classmethod
    def make_place(cls, name):
        company = cls.env["res.company"].create(
            {
                "name": name,
                "currency_id": cls.euro_currency.id,
                "email": f"{name.replace(' ', '')}@places.example",
            }
        )
        return cls.env["tibillet.place"].create({"name": name, "company_id": company.id})

    @classmethod
    def make_asset(cls, place, name, code, kind="money", **vals):
        return cls.env["tibillet.asset"].create(
            {
                "name": name,
                "code": code,
                "kind": kind,
                "place_id": place.id,
                "currency_id": cls.euro_currency.id,
                **vals,
            }
        )

    @classmethod
    def make_batch(cls, place):
        return cls.env["tibillet.card.batch"].create({"name": f"Cards of {place.name}", "place_id": place.id})

    @classmethod
    def make_user(cls, login, place, group):
        return new_test_user(
            cls.env,
            login=login,
            lang="en_US",
            groups=f"base.group_user,tibillet_base.{group}",
            company_id=place.company_id.id,
            company_ids=[Command.set(place.company_id.ids)],
        )

    @classmethod
    def make_card(cls, batch=None, **chip):
        """An active card; `chip`: its uid, or its tag."""
        number = f"TC{next(cls.counter):06d}"
        card = (batch or cls.batch)._add_cards([{"number": number, "qr_uuid": str(uuid.uuid4()), **chip}])
        card._activate()
        return card

    def federate(self, *assets):
        """Bar and barn join one federation, which shares `assets`."""
        federation = self.env["tibillet.federation"].create(
            {
                "name": "Test federation",
                "member_ids": [
                    Command.create({"place_id": place.id, "state": "accepted"}) for place in (self.bar, self.barn)
                ],
            }
        )
        for asset in assets:
            federation._share(asset)
        return federation

    def top_up(self, wallet, asset, amount):
        """Put `amount` (smallest unit) on a wallet or a card."""
        wallet = wallet._wallet() if wallet._name == "tibillet.card" else wallet
        place = asset.place_id
        entry = ledger.Entry(
            f"test:{uuid.uuid4()}",
            "top_up",
            place.id,
            (
                ledger.Line(place.wallet_id.id, asset.id, -amount),
                ledger.Line(wallet.id, asset.id, amount),
            ),
        )
        self.env["tibillet.ledger.transaction"]._post([entry])
        return wallet

    def held_by(self, wallet):
        """{asset: amount} of what lies in a wallet."""
        amounts = wallet.sudo()._amounts()
        return {
            self.env["tibillet.asset"].browse(asset): amount for asset, (amount, _held) in amounts.items() if amount
        }

    def flush_tracking(self):
        """Write what the chatter tracks, which Odoo leaves for the commit that a test never reaches."""
        self.env.flush_all()
        self.cr.precommit.run()
