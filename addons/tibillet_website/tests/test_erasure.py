from odoo.exceptions import UserError
from odoo.tools import SQL

from .common import WebCase

ANNA = "anna@people.example"


class TestErasure(WebCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card()
        self.top_up(self.card, self.euro, 1250)
        self.card._link(self.anna)
        self.wallet = self.env["tibillet.wallet"]._for_partner(self.anna)

    def open_mail(self):
        self.sign_in(ANNA)
        self.post("/my/wallet/erase/mail", {}, form="/my/wallet/erase")
        return self.enter(ANNA)

    def test_the_ledger_stays_the_person_goes(self):
        page = self.open_mail()
        self.assertShown("12.50", page)
        self.post("/my/wallet/erase", {}, form="/my/wallet/erase")
        self.assertFalse(self.anna.email)
        self.assertEqual(self.anna.name, "Erased holder")
        self.assertFalse(self.anna.with_context(active_test=False).user_ids.active)
        self.assertEqual(self.wallet.owner_kind, "pseudonym")
        self.assertEqual(self.held_by(self.wallet), {self.euro: 1250})
        self.assertEqual(self.card.state, "lost")
        self.assertFalse(self.card.partner_id | self.card.lost_partner_id)
        self.assertIn("/wallet", self.url_open("/my/wallet").url)

    def test_a_session_alone_is_not_enough(self):
        self.sign_in(ANNA)
        answer = self.post("/my/wallet/erase", {}, form="/my/wallet/erase")
        self.assertShown("Open the link in the mail first", answer)
        self.assertEqual(self.anna.email, ANNA)

    def test_their_address_stands_nowhere(self):
        self.open_mail()
        self.post("/my/wallet/erase", {}, form="/my/wallet/erase")
        self.env.flush_all()
        for table, column in (
            ("tibillet_login_link", "email"),
            ("mail_message", "email_from"),
            ("res_users", "login"),
            ("res_partner", "email"),
        ):
            with self.subTest(table=table):
                self.env.cr.execute(SQL("SELECT %s FROM %s", SQL.identifier(column), SQL.identifier(table)))
                self.assertFalse([value for (value,) in self.env.cr.fetchall() if value and ANNA in value])

    def test_the_next_person_in_this_browser_is_asked_again(self):
        self.open_mail()
        self.sign_in("next@people.example")
        self.post("/my/wallet/erase", {}, form="/my/wallet/erase")
        self.assertTrue(self.env["res.partner"].search([("email", "=", "next@people.example")]))
        self.assertEqual(self.anna.email, ANNA)

    def test_who_works_here_is_not_erased_so(self):
        with self.assertRaisesRegex(UserError, "work here"):
            self.manager.partner_id._tibillet_erase()
