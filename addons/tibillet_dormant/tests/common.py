from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields

from odoo.addons.tibillet_base.tests.common import own_keyring
from odoo.addons.tibillet_cashless.tests.common import CashlessCase


class DormantCase(CashlessCase):
    """The bar's euro on wallets of persons and cards. The ledger dates its own movements: here the clock goes forward."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(own_keyring(cls.env))
        cls.accountant = cls._account_user("bar_accountant", cls.bar, "tibillet_base.group_accountant")
        cls.manager = cls._account_user("bar_manager", cls.bar, "tibillet_base.group_manager")
        cls.cashier = cls._account_user("bar_cashier", cls.bar, "tibillet_base.group_cashier")
        cls.neighbour = cls._account_user("hall_accountant", cls.hall, "tibillet_base.group_accountant")
        cls.ann.write({"email": "ann@people.example", "lang": "en_US"})
        cls.bar.email = "hello@bar.example"
        cls.batch = cls.env["tibillet.card.batch"].create({"name": "Cards", "place_id": cls.bar_place.id})
        cls.numbers = 0

    def in_months(self, months, days=1):
        """From here on it is `months` later."""
        self.env.flush_all()
        moment = fields.Datetime.now() + relativedelta(months=months, days=days)
        return freeze_time(moment)

    def card(self):
        """An anonymous card in use."""
        type(self).numbers += 1
        card = self.batch._add_cards([{"number": f"SLEEP{self.numbers:03}", "qr_uuid": f"sleep-{self.numbers}"}])
        card._activate()
        return card

    def put(self, wallet, cents, asset=None):
        """Top up at a till of the issuer, booked at once."""
        asset = asset or self.bar_euro
        company = asset.company_id
        key = self._top_up(asset.place_id, wallet, asset, cents)
        if asset.kind == "money":
            self._close(company, key, topups=[key], topup_asset=asset, topup_amount=cents / 100)
        return key

    def held(self, wallet, asset=None):
        return wallet._amounts().get((asset or self.bar_euro).id, (0, 0))

    def aged(self, *wallets, user=None, asset=None):
        """Rows of the list by age, as `user` sees them."""
        self.env.flush_all()
        rows = self.env["tibillet.dormant.balance"].with_user(user or self.accountant)
        rows.invalidate_model()
        domain = [("asset_id", "=", (asset or self.bar_euro).id)]
        found = rows.search([*domain, ("wallet_id", "in", [wallet.id for wallet in wallets])])
        return found.sorted(lambda row: [wallet.id for wallet in wallets].index(row.wallet_id.id))

    def decide(self, way, *wallets, asset=None, user=None):
        """A prepared decision, as the list's button makes it."""
        rows = self.aged(*wallets, asset=asset, user=user)
        action = getattr(rows, f"action_{way}")()
        decision = rows.env[action["res_model"]].browse(action["res_id"])
        if way == "write_off":
            decision.reason = "Never used, as our terms say"
        return decision

    def tell(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_dormant.cron_tell").method_direct_trigger()
        self.env.invalidate_all()

    def notices(self, wallet=None):
        return self.env["tibillet.dormant.notice"].search([("wallet_id", "=", (wallet or self.ann_wallet).id)])
