from datetime import timedelta

from odoo import fields
from odoo.tests import mute_logger

from ..models.login_link import PER_ADDRESS, PER_ORIGIN
from .common import WebCase

ANNA = "anna@people.example"


class TestLoginLink(WebCase):
    def links(self):
        return self.env["tibillet.login.link"].search([])

    def test_a_newcomer_is_in_by_the_mail_alone(self):
        page = self.sign_in("newcomer@people.example")
        self.assertShown("Nothing here yet", page)
        user = self.env["res.users"].search([("login", "=", "newcomer@people.example")])
        self.assertTrue(user.share)

    def test_a_person_known_by_address_finds_their_wallet(self):
        self.top_up(self.env["tibillet.wallet"]._for_partner(self.anna), self.euro, 1250)
        self.assertShown("12.50", self.sign_in("Anna@People.example "))
        self.assertEqual(self.anna.user_ids.login, ANNA)

    def test_it_opens_once(self):
        self.sign_in(ANNA)
        token = self.token_for(ANNA)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"/wallet/in/{token}").status_code, 410)
        answer = self.post(f"/wallet/in/{token}/open", {}, form="/wallet")
        self.assertEqual(answer.status_code, 410)
        self.assertIn("/wallet", self.url_open("/my/wallet").url)

    def test_a_program_that_reads_mail_opens_nothing(self):
        self.ask(ANNA)
        token = self.token_for(ANNA)
        self.assertShown("Open my wallet", self.url_open(f"/wallet/in/{token}"))
        self.assertFalse(self.links()[0].used_at)
        self.assertEqual(self.url_open(f"/wallet/in/{token}").headers["Referrer-Policy"], "no-referrer")

    def test_it_expires(self):
        self.ask(ANNA)
        token = self.token_for(ANNA)
        self.env.cr.execute("UPDATE tibillet_login_link SET expires_at = %s", [fields.Datetime.now() - timedelta(seconds=1)])
        self.env.invalidate_all()
        self.assertEqual(self.url_open(f"/wallet/in/{token}").status_code, 410)

    def test_an_invented_one_opens_nothing(self):
        self.assertEqual(self.url_open(f"/wallet/in/{'A' * 43}").status_code, 410)

    def test_the_database_keeps_no_token(self):
        self.ask(ANNA)
        token = self.token_for(ANNA)
        self.assertNotIn(token, str(self.links().read()))

    def test_known_or_not_the_answer_is_the_same(self):
        known, unknown = self.ask(ANNA), self.ask("nobody@people.example")
        self.assertEqual(
            known.text.replace(ANNA, "").count("Look at your mail"),
            unknown.text.replace("nobody@people.example", "").count("Look at your mail"),
        )
        self.assertEqual(len(self.mails_to(ANNA)), len(self.mails_to("nobody@people.example")))

    def test_people_of_the_back_office_get_no_way_in(self):
        self.manager.login = self.manager.email = "camille@places.example"
        self.ask("camille@places.example")
        mail = self.mails_to("camille@places.example")
        self.assertIn("password", mail.body_html)
        self.assertNotIn("/wallet/in/", mail.body_html)
        link = self.links()[0]
        self.assertFalse(link._user())

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_closed_account_stays_closed(self):
        self.sign_in(ANNA)
        self.authenticate(None, None)
        self.anna.user_ids.active = False
        self.ask(ANNA)
        token = self.token_for(ANNA)
        self.assertEqual(self.post(f"/wallet/in/{token}/open", {}, form=f"/wallet/in/{token}").status_code, 410)

    def test_asked_too_often_no_mail_leaves(self):
        for _time in range(PER_ADDRESS + 2):
            self.assertShown("Look at your mail", self.ask(ANNA))
        self.assertEqual(len(self.mails_to(ANNA)), PER_ADDRESS)

    def test_one_network_address_asks_for_so_many(self):
        links = self.env["tibillet.login.link"]
        for number in range(PER_ORIGIN + 1):
            links._ask(f"flood{number}@people.example", "203.0.113.7")
        self.assertEqual(len(self.links()), PER_ORIGIN)
        self.assertTrue(links._ask(ANNA, "203.0.113.8"))
        self.assertEqual(len(self.links()), PER_ORIGIN + 1)

    def test_what_is_no_address_is_refused(self):
        for typed in ("", "anna", "a@b@c", f"{'a' * 250}@people.example"):
            with self.subTest(typed=typed):
                self.assertShown("not an e-mail address", self.ask(typed))
        self.assertFalse(self.links())

    def test_nobody_reads_links(self):
        self.ask(ANNA)
        for user in (self.cashier, self.manager, self.network):
            with self.subTest(user=user.login):
                self.assertFalse(self.env["tibillet.login.link"].with_user(user).has_access("read"))
