from contextlib import contextmanager

from odoo.tests import TransactionCase
from odoo.tools import mute_logger

from .. import ledger


class LedgerCase(TransactionCase):
    """Two places, a euro and a gift of the first, three holders; amounts are in cents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.places = cls.env["tibillet.place"].create([{"name": "Ledger bar"}, {"name": "Ledger barn"}])
        cls.place, cls.other_place = cls.places
        euro = cls.env.ref("base.EUR").id
        cls.euro, cls.gift = cls.env["tibillet.asset"].create(
            [
                {"name": "Euro", "code": "LEUR", "kind": "money", "place_id": cls.place.id, "currency_id": euro},
                {"name": "Gift", "code": "LGIFT", "kind": "gift", "place_id": cls.place.id, "currency_id": euro},
            ]
        )
        cls.till = cls.place.wallet_id
        cls.alice, cls.bob, cls.carol = cls.env["tibillet.wallet"].create(
            [{"pseudonym": name} for name in ("ledger-alice", "ledger-bob", "ledger-carol")]
        )
        cls.env.flush_all()
        cls.cr = cls.env.cr

    def lines(self, source, target, amount, asset=None):
        asset = asset or self.euro
        return (ledger.Line(source.id, asset.id, -amount), ledger.Line(target.id, asset.id, amount))

    def entry(self, key, source, target, amount, kind="top_up", asset=None, **more):
        return ledger.Entry(key, kind, self.place.id, self.lines(source, target, amount, asset), **more)

    def top_up(self, wallet, amount, key="top-up", asset=None):
        return ledger.post(self.cr, self.entry(f"{key}:{wallet.id}", self.till, wallet, amount, asset=asset))

    def hold(self, wallet, amount, key="tap", assets=None):
        order = [asset.id for asset in (assets or (self.gift, self.euro))]
        return ledger.hold(self.cr, key, wallet.id, amount, order, self.place.id, "test:1")

    def capture(self, amount, key="tap", late=False):
        return ledger.post(self.cr, ledger.Capture(key, key, amount, self.till.id, self.place.id, late=late))

    def amount(self, wallet, asset=None):
        return ledger.balances(self.cr, wallet.id).get((asset or self.euro).id, (0, 0))

    def seal(self):
        """Do at once what PostgreSQL does at commit, which a test never reaches."""
        self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @contextmanager
    def refused(self, error, pattern=""):
        """The ledger refuses, and what was done inside is undone."""
        with self.assertRaisesRegex(error, pattern), mute_logger("odoo.sql_db"), self.cr.savepoint(flush=False):
            yield

    def sql(self, query, *params):
        """Attack the tables as someone who has the database's password would."""
        with ledger.errors.translated():
            self.cr.execute(query, params)
            self.seal()
