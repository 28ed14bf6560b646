from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from .. import ledger
from ..demo.cards import DEMO_CARDS
from ..demo.story import ASSETS
from .common import own_keyring


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo network tells the same story wherever it is loaded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref("tibillet_base.demo_place_bar", raise_if_not_found=False):
            cls.enterClassContext(own_keyring(cls.env))
            for name in ("network", "people"):
                convert_file(cls.env, "tibillet_base", f"demo/{name}.xml", {}, mode="init", noupdate=True)

    def test_each_card_is_as_the_tray_shows_it(self):
        for row in DEMO_CARDS:
            card = self.env["tibillet.card"]._resolve(row.uid)
            with self.subTest(number=row.number):
                self.assertEqual((card.number, card.state), (row.number, row.state))
                holder = self.env.ref(row.holder) if row.holder else self.env["res.partner"]
                self.assertEqual(card.partner_id or card.lost_partner_id, holder)

    def test_balances_are_those_of_the_story(self):
        for row in DEMO_CARDS:
            wallet = (
                self.env["tibillet.wallet"]._for_partner(self.env.ref(row.holder))
                if row.holder
                else self.env["tibillet.card"]._resolve(row.uid)._wallet()
            )
            amounts = wallet._amounts()
            with self.subTest(number=row.number):
                self.assertEqual(
                    {
                        field: amounts.get(self.env.ref(f"tibillet_base.{name}").id, (0, 0))[0]
                        for field, name in ASSETS.items()
                    },
                    {field: getattr(row, field) for field in ASSETS},
                )

    def test_ledger_is_sound(self):
        self.assertTrue(ledger.verify(self.env.cr).ok)

    def test_what_circulates_where(self):
        def ref(name):
            return self.env.ref(f"tibillet_base.demo_{name}")

        taken = {
            place: {asset.name for asset in ref(f"place_{place}")._accepted_assets()}
            for place in ("bar", "grange", "festival")
        }
        self.assertEqual(taken["bar"], {"Cadeau du Bar", "Euro", "Temps bénévole"})
        self.assertEqual(taken["grange"], {"Grain", "Euro", "Temps bénévole", "Points de la Grange"})
        self.assertEqual(taken["festival"], {"Euro", "Temps bénévole"})

    def test_loading_it_again_changes_nothing(self):
        cards = self.env["tibillet.card"].search_count([])
        self.env["tibillet.demo"]._load()
        self.assertEqual(self.env["tibillet.card"].search_count([]), cards)

    def test_everyone_has_their_role(self):
        for login, group in (
            ("camille", "manager"),
            ("sacha", "cashier"),
            ("dominique", "accountant"),
            ("alix", "network_manager"),
        ):
            user = self.env.ref(f"tibillet_base.demo_user_{login}")
            with self.subTest(login=login):
                self.assertTrue(user.has_group(f"tibillet_base.group_{group}"))
