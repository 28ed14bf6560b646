"""Who must not: each person against what belongs to another venue, or to nobody but the ledger."""

import itertools

from odoo.exceptions import AccessError, UserError

from .common import UID_A, NetworkCase

LEDGER = ("balance", "transaction", "posting", "hold", "anchor", "reason")


class TestAccess(NetworkCase):
    def setUp(self):
        super().setUp()
        self.barn_accountant = self.make_user("t_barn_accountant", self.barn, "group_accountant")
        self.own, self.foreign = self.make_card(), self.make_card(self.barn_batch)
        self.own_wallet = self.top_up(self.own, self.euro, 1000)
        self.foreign_wallet = self.top_up(self.foreign, self.grain, 2000)
        self.env.flush_all()

    def visible(self, user, model, records):
        return self.env[model].with_user(user).search([("id", "in", records.ids)]).sudo()

    def test_nobody_writes_the_ledger(self):
        users = (self.cashier, self.accountant, self.manager, self.network, self.env.ref("base.user_admin"))
        for user, name in itertools.product(users, ("wallet", *(f"ledger.{part}" for part in LEDGER))):
            model = self.env[f"tibillet.{name}"].with_user(user)
            for act in ("create", "write", "unlink"):
                with self.subTest(user=user.login, model=name, act=act):
                    self.assertFalse(model.has_access(act))

    def test_nobody_writes_a_card_by_hand(self):
        for user, vals in itertools.product(
            (self.manager, self.network),
            (
                {"state": "active"},
                {"partner_id": self.anna.id},
                {"number": "ZZZZZZZZ"},
                {"wallet_id": self.foreign_wallet.id},
            ),
        ):
            with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                self.own.with_user(user).write(vals)

    def test_nobody_joins_or_shares_by_hand(self):
        federation = self.env["tibillet.federation"].create({"name": "Closed"})
        for user in (self.manager, self.network):
            with self.assertRaises(AccessError):
                self.env["tibillet.federation.member"].with_user(user).create(
                    {"federation_id": federation.id, "place_id": self.bar.id, "state": "accepted"}
                )
            with self.assertRaises(AccessError):
                self.env["tibillet.federation.share"].with_user(user).create(
                    {"federation_id": federation.id, "asset_id": self.grain.id}
                )

    def test_hashes_of_the_chip_are_read_by_nobody(self):
        card = self.make_card(uid=UID_A)
        for user, field in itertools.product(
            (self.manager, self.network, self.env.ref("base.user_admin")), ("uid_hash", "tag_hash", "key_id")
        ):
            with self.subTest(user=user.login, field=field), self.assertRaises(AccessError):
                card.with_user(user).read([field])
            with self.subTest(user=user.login, searched=field), self.assertRaises(AccessError):
                card.with_user(user).search([(field, "!=", False)])

    def test_cashier_reads_no_wallet(self):
        for name in ("wallet", "card", "card.batch", *(f"ledger.{part}" for part in LEDGER)):
            with self.subTest(model=name):
                self.assertFalse(self.env[f"tibillet.{name}"].with_user(self.cashier).has_access("read"))
        for field in ("tibillet_card_ids", "tibillet_wallet_ids"):
            with self.assertRaises(AccessError):
                self.anna.with_user(self.cashier).read([field])

    def test_a_tap_of_another_venues_card_is_resolved(self):
        """The tap's own call reaches what a list does not show."""
        card = self.make_card(self.barn_batch, uid=UID_A)
        self.assertEqual(self.env["tibillet.card"].with_user(self.cashier)._resolve(UID_A), card)

    def test_cards_of_another_venue(self):
        both = self.own | self.foreign
        for user in (self.manager, self.accountant):
            self.assertEqual(self.visible(user, "tibillet.card", both), self.own)
        self.assertEqual(self.visible(self.barn_manager, "tibillet.card", both), self.foreign)
        self.assertEqual(self.visible(self.network, "tibillet.card", both), both)

    def test_a_card_that_holds_an_own_asset_is_read(self):
        self.top_up(self.foreign, self.euro, 100)
        self.assertEqual(self.visible(self.manager, "tibillet.card", self.foreign), self.foreign)
        self.assertEqual(self.visible(self.accountant, "tibillet.wallet", self.foreign_wallet), self.foreign_wallet)

    def test_a_linked_card_that_holds_an_own_asset_is_read(self):
        self.top_up(self.foreign, self.euro, 100)
        self.foreign._link(self.anna)
        self.assertEqual(self.visible(self.manager, "tibillet.card", self.foreign), self.foreign)

    def test_wallets_of_another_venue(self):
        both = self.own_wallet | self.foreign_wallet
        self.assertEqual(self.visible(self.manager, "tibillet.wallet", both), self.own_wallet)
        self.assertEqual(self.visible(self.barn_accountant, "tibillet.wallet", both), self.foreign_wallet)
        self.assertEqual(self.visible(self.network, "tibillet.wallet", both), both)

    def test_a_wallet_shows_only_the_assets_of_the_reader(self):
        """The issuer sees all that is held of its asset; what else lies in the wallet is none of its business."""
        self.top_up(self.foreign, self.euro, 100)
        self.env.invalidate_all()
        wallet = self.foreign_wallet.with_user(self.manager)
        self.assertEqual(wallet.balance_ids.asset_id, self.euro)

        self.assertEqual(wallet.posting_ids.asset_id, self.euro)

    def test_postings_of_an_own_act_with_a_foreign_asset(self):
        last = self.env["tibillet.ledger.posting"].search([], limit=1)
        wallet = self.top_up(self.own, self.grain, 300)
        self.assertTrue(wallet)
        fresh = self.env["tibillet.ledger.posting"].search([("id", ">", last.id)])
        self.assertFalse(self.visible(self.manager, "tibillet.ledger.posting", fresh), "neither place nor issuer")
        self.assertEqual(self.visible(self.barn_manager, "tibillet.ledger.posting", fresh), fresh)
        self.assertFalse(self.visible(self.accountant, "tibillet.ledger.transaction", fresh.transaction_id))

    def test_acts_on_another_venues_card(self):
        self.top_up(self.foreign, self.euro, 100)
        for act in ("action_block", "action_unblock", "action_declare_lost", "action_found", "action_void"):
            for user in (self.manager, self.accountant, self.cashier):
                with self.subTest(act=act, user=user.login), self.assertRaises(AccessError):
                    getattr(self.foreign.with_user(user), act)()
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.manager).action_bind(UID_A)
        self.assertEqual(self.foreign.state, "active")

    def test_private_methods_are_not_callable_from_outside(self):
        from odoo.service.model import get_public_method

        for name in ("_resolve", "_link", "_replace", "_store_uid", "_bind", "_wallet", "_void"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                get_public_method(self.env["tibillet.card"], name)

    def test_places_and_assets_of_another_venue_are_read_not_written(self):
        for record in (self.barn, self.grain):
            record.with_user(self.cashier).read(["name"])
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.with_user(self.manager).write({"name": "Mine now"})
        with self.assertRaises(AccessError):
            self.env["tibillet.asset"].with_user(self.manager).create(
                {
                    "name": "Forged",
                    "code": "FORGED",
                    "kind": "money",
                    "place_id": self.barn.id,
                    "currency_id": self.euro_currency.id,
                }
            )

    def test_assets_and_batches_are_not_moved_to_another_venue(self):
        for record in (self.gift, self.batch):
            with self.subTest(record=record), self.assertRaisesRegex(UserError, "stays with its"):
                record.with_user(self.manager).write({"place_id": self.barn.id})

    def test_manager_does_not_open_places(self):
        with self.assertRaises(AccessError):
            self.env["tibillet.place"].with_user(self.manager).create({"name": "Pirate"})

    def test_debit_order_of_another_venue(self):
        with self.assertRaises(AccessError):
            self.env["tibillet.debit.order"].with_user(self.manager).create(
                {"place_id": self.barn.id, "asset_id": self.euro.id}
            )
