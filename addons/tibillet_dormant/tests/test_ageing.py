from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.tibillet_base import ledger

from .common import DormantCase


@tagged("post_install", "-at_install")
class TestAgeing(DormantCase):
    """Since when nobody has moved a balance, whose it is, and who may read that."""

    def test_the_age_of_a_balance_is_that_of_its_last_movement(self):
        card = self.card()
        self.put(self.ann_wallet, 5000)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1250)
        self.put(card._wallet(), 300)
        for months, bucket in ((0, "m00"), (2, "m00"), (3, "m03"), (6, "m06"), (12, "m12"), (24, "m24")):
            with self.in_months(months):
                ann, unknown = self.aged(self.ann_wallet, card._wallet())
                self.assertEqual((ann.months, ann.bucket, unknown.bucket), (months, bucket, bucket))
        self.assertEqual((ann.value, ann.amount, ann.amount_text), (37.5, 3750, self.bar_euro.format(3750)))
        last = self.env["tibillet.ledger.posting"].search([("wallet_id", "=", self.ann_wallet.id)], limit=1)
        self.assertEqual((last.kind, ann.last_move_on), ("spend", last.created_at))

    def test_an_empty_balance_is_not_listed_and_a_debt_is(self):
        self.put(self.ann_wallet, 500)
        self._cash_out(self.bar_place, self.ann_wallet, self.bar_euro, 500)
        self.assertFalse(self.aged(self.ann_wallet))
        tap = ledger.hold(self.env.cr, "tap", self._filled(200), 200, [self.bar_euro.id], self.bar_place.id, "test:1")
        ledger.release(self.env.cr, tap.key)
        self._cash_out(self.bar_place, self.bob_wallet, self.bar_euro, 100)
        place = self.bar_place
        ledger.post(self.env.cr, ledger.Capture("tap", tap.key, 200, place.wallet_id.id, place.id, late=True))
        self.env["tibillet.ledger.transaction"]._forget_cache()
        debt = self.aged(self.bob_wallet)
        self.assertEqual((debt.amount, debt.value), (-100, -1.0))
        with self.in_months(6), self.assertRaisesRegex(Exception, "Nothing is free"):
            debt.action_pay_back()

    def _filled(self, cents):
        self.put(self.bob_wallet, cents)
        return self.bob_wallet.id

    def test_who_can_be_told(self):
        card = self.card()
        for wallet in (self.ann_wallet, self.bob_wallet, card._wallet()):
            self.put(wallet, 100)
        rows = self.aged(self.ann_wallet, self.bob_wallet, card._wallet())
        self.assertEqual(rows.mapped("reach"), ["mail", "no_mail", "unknown"])
        self.assertEqual(rows.mapped("owner_kind"), ["partner", "partner", "card"])
        card._block()
        self.assertEqual(self.aged(card._wallet()).card_state, "blocked")
        with self.in_months(4):
            asset = self.bar_euro.with_user(self.manager)
            self.assertEqual((asset.dormant_count, asset.dormant_no_mail_count, asset.dormant_unknown_count), (3, 1, 1))
            self.assertEqual(asset.dormant_text, asset.format(300))

    def test_the_end_of_a_term_is_shown_and_takes_nothing(self):
        self.bar_euro.expiry_months = 12
        self.put(self.ann_wallet, 100)
        with self.in_months(13):
            row = self.aged(self.ann_wallet)
            self.assertEqual((row.expires_on.year * 12 + row.expires_on.month) % 12, row.last_move_on.month % 12)
            past = row.search([("expires_on", "<", "today"), ("asset_id", "=", self.bar_euro.id)])
            self.assertEqual(past, row)
            self.tell()
        self.assertEqual(self.held(self.ann_wallet), (100, 0))

    def test_groups_count_and_sum(self):
        for wallet, cents in ((self.ann_wallet, 150), (self.bob_wallet, 250)):
            self.put(wallet, cents)
        self.env.flush_all()
        with self.in_months(7):
            groups = self.env["tibillet.dormant.balance"]._read_group(
                [("asset_id", "=", self.bar_euro.id)], ["bucket"], ["value:sum", "__count"]
            )
        self.assertEqual(groups, [("m06", 4.0, 2)])

    def test_an_issuer_sees_its_own_money_only(self):
        self.put(self.ann_wallet, 100)
        self.put(self.ann_wallet, 900, self.hall_euro)
        mine, theirs = self.aged(self.ann_wallet), self.aged(self.ann_wallet, asset=self.hall_euro, user=self.neighbour)
        self.assertEqual((mine.amount, theirs.amount), (100, 900))
        self.assertFalse(self.aged(self.ann_wallet, asset=self.hall_euro))
        self.assertEqual(self.aged(self.ann_wallet, user=self.manager), mine)
        with self.assertRaises(AccessError):
            theirs.with_user(self.accountant).read(["amount"])
        with self.assertRaises(AccessError):
            self.aged(self.ann_wallet, user=self.cashier)
