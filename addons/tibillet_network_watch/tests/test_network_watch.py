from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.tibillet_cashless.tests.common import CashlessCase


class NetworkCase(CashlessCase):
    """The bar's money is taken at the hall, both in one federation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.federation = cls.env["tibillet.federation"].create({"name": "Town"})
        cls.member = (
            cls.env["tibillet.federation.member"]
            .sudo()
            .create({"federation_id": cls.federation.id, "place_id": cls.hall_place.id, "state": "accepted"})
        )
        share = {"federation_id": cls.federation.id, "asset_id": cls.bar_euro.id}
        cls.env["tibillet.federation.share"].sudo().create(share)
        cls.accountant = cls._account_user("bar_watch", cls.bar, "tibillet_base.group_accountant")
        cls.cashier = cls._account_user("bar_till", cls.bar, "tibillet_base.group_cashier")

    def _watch(self, place=None):
        watches = self.env["tibillet.network.watch"]
        watches._keep()
        return watches.search([("issuer_id", "=", (place or self.bar_place).id)])

    def _pay(self, place, cents):
        self._top_up(self.bar_place, self.bob_wallet, self.bar_euro, cents)
        return self._spend(place, self.bob_wallet, self.bar_euro, cents)

    def _acceptances(self, place):
        rows = self.env["tibillet.acceptance"]
        return rows.search([("asset_id", "=", self.bar_euro.id), ("place_id", "=", place.id)], order="id")


@tagged("post_install", "-at_install")
class TestNetworkWatch(NetworkCase):
    def test_payments_count_wherever_made_and_nothing_else_does(self):
        self._pay(self.bar_place, 1000)
        self._pay(self.hall_place, 2050)
        self._refund(self.hall_place, self.bob_wallet, self.bar_euro, 500)
        self._cash_out(self.bar_place, self.bob_wallet, self.bar_euro, 300)
        self.assertEqual(self._watch().volume, 30.5)
        self.assertEqual(self._watch(self.hall_place).volume, 0.0)

    def test_a_payment_undone_is_taken_off(self):
        key = self._pay(self.hall_place, 2000)
        self.env["tibillet.ledger.transaction"]._reverse("t:undo", key, self.hall_place)
        self.assertEqual(self._watch().volume, 0.0)

    def test_acceptors_keep_their_past(self):
        self._watch()
        mine = self._acceptances(self.hall_place)
        self.assertEqual((mine.since, mine.until), (fields.Date.today(), False))
        self.hall_place.excluded_asset_ids = self.bar_euro
        self._watch()
        self.assertEqual(mine.until, fields.Date.today())
        self.hall_place.excluded_asset_ids = False
        self._watch()
        self._watch()
        self.assertEqual(len(self._acceptances(self.hall_place)), 2)
        self.assertEqual(len(self._acceptances(self.bar_place)), 1)

    def test_one_who_took_it_before_the_list_is_in_it(self):
        self._pay(self.hall_place, 2000)
        self.hall_place.excluded_asset_ids = self.bar_euro
        self._watch()
        mine = self._acceptances(self.hall_place)
        self.assertEqual((mine.since, mine.until), (fields.Date.today(), fields.Date.today()))

    def test_told_once_at_80_percent_and_once_above(self):
        self._pay(self.hall_place, 79_999_999)
        watch = self._watch()
        watch._cron_watch()
        self.assertEqual((watch.level, len(watch.activity_ids)), ("below", 0))
        self._pay(self.hall_place, 1)
        for level, cents, told in (("near", 20_000_000, 1), ("near", 0, 1), ("over", 1, 2)):
            watch.invalidate_recordset()
            watch._cron_watch()
            if level == "near":
                self.assertEqual((watch.level, len(watch.activity_ids)), ("near", told))
            if cents:
                self._pay(self.hall_place, cents)
        watch.invalidate_recordset()
        watch._cron_watch()
        self.assertEqual((watch.level, len(watch.activity_ids)), ("over", 2))
        self.assertEqual(watch.activity_ids.user_id, self.accountant)

    def test_each_accountant_reads_their_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        other = self._account_user("bar_watch_fr", self.bar, "tibillet_base.group_accountant")
        self.accountant.lang, other.lang = "en_US", "fr_FR"
        self._pay(self.hall_place, 80_000_000)
        self._watch()._cron_watch()
        for user, words in ((self.accountant, "within twelve months"), (other, "en douze mois")):
            told = self.env["mail.message"].search([("partner_ids", "in", user.partner_id.ids)])
            self.assertIn(words, " ".join(told.mapped("body")))
        self.assertEqual(self._watch().activity_ids.user_id, self.accountant)

    def test_a_payment_older_than_twelve_months_does_not_count(self):
        self._pay(self.hall_place, 2000)
        watch = self._watch()
        for days, volume in ((-1, 20.0), (0, 0.0)):
            watch.invalidate_recordset()
            with freeze_time(fields.Date.today() + relativedelta(years=1, days=days)):
                self.assertEqual(watch.volume, volume)

    def test_an_accountant_sees_the_money_they_issue_only(self):
        self._pay(self.hall_place, 2000)
        self._watch()
        for model in ("network.watch", "acceptance", "network.volume"):
            found = self.env[f"tibillet.{model}"].with_user(self.accountant).search([])
            self.assertEqual(found.issuer_id, self.bar_place, model)
            with self.assertRaises(AccessError):
                self.env[f"tibillet.{model}"].with_user(self.cashier).search([])

    def test_nobody_writes_figures(self):
        watch = self._watch().with_user(self.accountant)
        acceptance = self._acceptances(self.hall_place).with_user(self.accountant)
        watch.notified_on = acceptance.contract_on = fields.Date.today()
        for forbidden in (
            lambda: watch.write({"warned": "over"}),
            lambda: acceptance.write({"until": fields.Date.today()}),
            watch.unlink,
            acceptance.unlink,
        ):
            with self.assertRaises(AccessError):
                forbidden()
