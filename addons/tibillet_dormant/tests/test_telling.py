from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DormantCase


@tagged("post_install", "-at_install")
class TestTelling(DormantCase):
    """A holder is written to once, again after some months, and about nothing but their own balance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bar_euro.write({"dormant_after": 6, "dormant_every": 3})

    def setUp(self):
        super().setUp()
        self.put(self.ann_wallet, 1250)

    def mails(self):
        return self.notices().sudo().mail_id

    def test_told_once_and_again_after_some_months(self):
        for months, told in ((5, 0), (6, 1), (6, 1), (8, 1), (9, 2), (9, 2)):
            with self.in_months(months, days=2):
                self.tell()
                self.assertEqual(len(self.notices()), told, months)
        self.assertEqual(self.notices().mapped("turn"), [1, 0])
        self.assertEqual(len(self.mails()), 2)

    def test_who_used_it_since_is_told_no_more(self):
        with self.in_months(6):
            self.tell()
            self.assertTrue(self.aged(self.ann_wallet).told_on)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 50)
        with self.in_months(5):
            self.tell()
            self.assertFalse(self.aged(self.ann_wallet).told_on)
        self.assertEqual(len(self.notices()), 1)

    def test_never_unless_the_issuer_chose_it(self):
        self.bar_euro.dormant_after = 0
        self.put(self.ann_wallet, 700, self.hall_euro)
        with self.in_months(30):
            self.tell()
        self.assertFalse(self.notices())

    def test_those_who_cannot_be_told(self):
        card = self.card()
        self.put(self.bob_wallet, 100)
        self.put(card._wallet(), 100)
        with self.in_months(7):
            self.tell()
        self.assertFalse(self.notices(self.bob_wallet) | self.notices(card._wallet()))

    def test_two_jobs_at_once_write_once(self):
        """The second one sees none of the first's rows: the index alone stops it."""
        with self.in_months(7):
            self.tell()
            first = self.notices()
            again = {
                "balance_id": first.balance_id.id,
                "wallet_id": first.wallet_id.id,
                "asset_id": first.asset_id.id,
                "company_id": first.company_id.id,
                "amount": 1250,
                "seq": first.seq,
                "turn": first.turn,
                "last_move_on": first.last_move_on,
                "sent_on": first.sent_on,
            }
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env["tibillet.dormant.notice"].sudo().create(again)
            self.tell()
        self.assertEqual(self.notices(), first)

    def test_many_lots(self):
        people = self.env["res.partner"].create([{"name": f"P{n}", "email": f"p{n}@people.example"} for n in range(4)])
        wallets = [self.env["tibillet.wallet"]._for_partner(person) for person in people]
        for wallet in wallets:
            self.put(wallet, 100)
        with self.in_months(7), patch("odoo.addons.tibillet_dormant.models.dormant_notice.LOT", 2):
            self.tell()
        self.assertEqual([len(self.notices(wallet)) for wallet in wallets], [1, 1, 1, 1])

    def test_the_mail_says_how_much_where_and_how(self):
        self.put(self.ann_wallet, 90000, self.hall_euro)
        with self.in_months(7):
            self.tell()
            mail = self.mails()
        body = mail.body_html
        self.assertEqual(mail.recipient_ids, self.ann)
        self.assertIn("hello@bar.example", mail.email_from)
        for words in (
            "Hello Ann",
            self.bar_euro.format(1250),
            "Test bar",
            "paid back to you",
            "This money stays yours",
        ):
            self.assertIn(words, body)
        self.assertNotIn("900", body)
        self.assertIn(self.bar_euro.format(1250), mail.subject)

    def test_in_the_holder_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["tibillet_dormant"], ["fr_FR"])
        self.ann.lang = "fr_FR"
        self.bar_euro.expiry_months = 24
        with self.in_months(7):
            self.tell()
            mail = self.mails()
        self.assertIn("Bonjour Ann", mail.body_html)
        self.assertIn("12,50", mail.body_html)
        self.assertIn("dans votre portefeuille", mail.body_html)
        self.assertNotIn("Our terms", mail.body_html)

    def test_what_is_not_refundable_promises_nothing(self):
        self.bar_euro.write({"refundable": False, "expiry_months": 6})
        with self.in_months(7):
            self.tell()
            body = self.mails().body_html
        self.assertNotIn("paid back", body)
        self.assertIn("Nothing was taken from you", body)

    def test_a_mail_that_failed_is_no_telling(self):
        with self.in_months(7):
            self.tell()
            self.assertTrue(self.aged(self.ann_wallet).told_on)
            self.mails().state = "exception"
            self.assertFalse(self.aged(self.ann_wallet).told_on)
        self.assertEqual(self.notices().state, "failed")

    @mute_logger("odoo.models")
    def test_who_reads_and_nobody_writes(self):
        with self.in_months(7):
            self.tell()
        notice = self.notices()
        for user in (self.accountant, self.manager):
            self.assertEqual(notice.with_user(user).state, "waiting")
            for forbidden in (lambda mine: mine.write({"turn": 9}), lambda mine: mine.unlink()):
                with self.assertRaises(AccessError):
                    forbidden(notice.with_user(user))
        for user in (self.neighbour, self.cashier):
            with self.assertRaises(AccessError):
                notice.with_user(user).read(["amount"])
