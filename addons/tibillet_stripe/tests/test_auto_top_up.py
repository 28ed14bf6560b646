from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import keyring
from odoo.addons.tibillet_payment.tests.common import OnlineCase


@tagged("post_install", "-at_install")
class TestAutoTopUp(OnlineCase):
    """Below 10.00 Ann's saved card puts 20.00 on her wallet, 50.00 a month at most."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.write({"is_published": True, "allow_tokenization": True, "company_id": cls.bar.id})
        cls.ann.lang = "en_US"
        cls.token = cls._create_token(cls, partner_id=cls.ann.id)
        cls.autos = cls.env["tibillet.auto.top.up"].sudo()

    def setUp(self):
        super().setUp()
        self.answers, self.asked = {"act": "_set_done", "why": {}}, []
        self.startPatcher(patch.object(type(self.env["payment.transaction"]), "_send_payment_request", self.bank()))
        self.startPatcher(patch.object(keyring, "is_original", lambda _env: True))

    def bank(self):
        def send(tx):
            self.asked.append(tx.reference)
            said = {"amount": tx.amount, "currency_code": tx.currency_id.name}
            if self.answers["act"]:
                tx._process("none", {"said": said, **self.answers})

        return send

    def agree(self, **values):
        terms = {"threshold": 10.0, "amount": 20.0, "ceiling": 50.0, "agreed": True, "token": self.token, **values}
        token = terms.pop("token")
        return self.autos._agree(
            self.ann_wallet,
            self.bar_euro,
            token,
            terms["threshold"],
            terms["amount"],
            terms["ceiling"],
            agreed=terms["agreed"],
        )

    def watch(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_stripe.cron_auto_top_up").method_direct_trigger()

    def mails(self):
        return self.env["mail.mail"].sudo().search([("email_to", "ilike", "ann@people.example")])

    def test_a_low_wallet_is_filled_once_booked_and_told(self):
        auto = self.agree()
        self.watch()
        self.watch()
        self.assertEqual((self.held(), len(self.asked)), (2000, 1))
        self.assertEqual((auto.tx_id.operation, auto.tx_id.tibillet_state), ("offline", "credited"))
        self.assertEqual(auto.this_month, 20.0)
        self.assertIn("20.00", self.mails().body_html)
        self.assertControlZero(self.bar_euro)

    def test_enough_is_left_alone_and_a_spend_wakes_it(self):
        self.agree()
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        self.watch()
        self.assertFalse(self.asked)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1)
        self.watch()
        self.assertEqual(self.held(), 2999)

    def test_never_two_debits_at_a_time(self):
        self.answers["act"] = "_set_pending"
        auto = self.agree()
        self.watch()
        self.watch()
        auto._start()
        self.assertEqual((len(self.asked), len(auto.tx_ids)), (1, 1))
        self.hear(auto.tx_id)
        self.assertEqual(self.held(), 2000)

    def test_a_debit_lost_midway_is_sent_again_as_it_was(self):
        auto = self.agree()
        auto._start()
        self.assertEqual((auto.tx_id.state, self.asked), ("draft", []))
        self.watch()
        self.assertEqual((self.asked, self.held()), ([auto.tx_ids.reference], 2000))

    def test_the_month_has_a_ceiling(self):
        auto = self.agree()
        for _evening in range(3):
            self.watch()
            self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        self.watch()
        self.assertEqual((len(self.asked), auto.this_month, auto.state), (2, 40.0, "on"))
        self.env.cr.execute(
            "UPDATE payment_transaction SET create_date = %s WHERE id IN %s",
            [fields.Datetime.subtract(fields.Datetime.now(), months=1), auto.tx_ids._ids],
        )
        auto.invalidate_recordset()
        auto.tx_ids.invalidate_recordset()
        self.watch()
        self.assertEqual(len(self.asked), 3)

    def _spend(self, place, wallet, asset, cents):
        held = self.held(wallet, asset)
        return super()._spend(place, wallet, asset, min(cents, held)) if held else None

    def test_a_refused_debit_pauses_it_and_the_holder_is_told(self):
        self.answers.update(act="_set_error", why={"state_message": "Card expired"})
        auto = self.agree()
        self.watch()
        self.watch()
        self.assertEqual((auto.state, len(self.asked), self.held()), ("paused", 1, 0))
        self.assertIn("Card expired", auto.reason)
        self.assertIn("Card expired", self.mails().body_html)
        self.answers.update(act="_set_done", why={})
        self.agree()
        self.watch()
        self.assertEqual((auto.state, self.held()), ("on", 2000))

    def test_a_bank_that_wants_a_confirmation_pauses_it(self):
        self.answers["act"] = None
        auto = self.agree()
        self.watch()
        self.assertEqual((auto.state, auto.tx_id.state), ("paused", "error"))

    def test_a_card_removed_or_a_money_withdrawn_pauses_it(self):
        auto = self.agree()
        self.token.active = False
        self.watch()
        self.assertEqual((auto.state, self.asked), ("paused", []))
        self.token.active = True
        self.agree()
        self.bar_euro.online_topup = False
        self.watch()
        self.assertEqual((auto.state, self.asked), ("paused", []))

    def test_what_was_given_back_is_not_debited_again(self):
        auto = self.agree()
        self.bar_euro.ceiling = 2500
        auto._start()
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 900)
        with mute_logger("odoo.sql_db"):
            auto.tx_id._tibillet_debit()
        self.assertEqual(auto.tx_id.tibillet_state, "returning")
        self.watch()
        self.assertEqual((auto.state, len(self.asked)), ("paused", 1))

    def test_off_nothing_is_debited_not_even_what_was_about_to(self):
        auto = self.agree()
        auto._start()
        auto._switch_off()
        self.watch()
        self.assertEqual((auto.tx_id.state, self.asked, self.mails().ids), ("cancel", [], []))

    def test_without_a_tick_a_card_of_ones_own_or_sane_limits_it_is_refused(self):
        theirs = self._create_token(partner_id=self.bob.id)
        for values in (
            {"agreed": False},
            {"token": theirs},
            {"token": self.token.browse()},
            {"threshold": 0.0},
            {"amount": 4.0},
            {"amount": 201.0, "ceiling": 500.0},
            {"ceiling": 19.0},
            {"amount": 20.001},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.agree(**values)

    def test_a_copy_of_the_database_debits_nobody(self):
        self.agree()
        with patch.object(keyring, "is_original", lambda _env: False):
            self.watch()
        self.assertFalse(self.asked)

    def test_an_erased_holder_is_debited_no_more(self):
        auto = self.agree()
        self.ann._tibillet_erase()
        self.watch()
        self.assertEqual((auto.state, self.token.active, self.asked), ("off", False, []))

    def test_who_must_not(self):
        auto = self.agree()
        manager = self._account_user("t_auto_bar", self.bar, "base.group_user", "tibillet_base.group_manager")
        other = self._account_user("t_auto_hall", self.hall, "base.group_user", "tibillet_base.group_manager")
        cashier = self._account_user("t_auto_till", self.bar, "base.group_user", "tibillet_base.group_cashier")
        holder = new_test_user(self.env, "t_auto_bob", groups="base.group_portal", partner_id=self.bob.id)
        self.assertEqual(auto.with_user(manager).sudo(False).amount, 20.0)
        with self.assertRaises(AccessError):
            auto.with_user(manager).sudo(False).amount = 100.0
        for user in (other, cashier, holder, self.public_user):
            with self.subTest(user=user.id), self.assertRaises(AccessError):
                auto.with_user(user).sudo(False).read(["amount"])
            with self.assertRaises(AccessError):
                auto.with_user(user).sudo(False).action_switch_off()
