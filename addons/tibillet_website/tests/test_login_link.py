import base64
import logging
import re
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.auth_totp.models.totp import TIMESTEP, hotp

from ..models.asked_mixin import PER_ADDRESS, PER_ORIGIN
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
        answer = self.post("/wallet/in/open", {}, form="/wallet")
        self.assertEqual(answer.status_code, 410)
        self.assertIn("/wallet", self.url_open("/my/wallet").url)

    def test_a_program_that_reads_mail_opens_nothing(self):
        self.ask(ANNA)
        token = self.token_for(ANNA)
        self.assertShown("Open my wallet", self.url_open(f"/wallet/in/{token}"))
        self.assertFalse(self.links()[0].used_at)

    def test_what_opens_leaves_the_address_bar(self):
        """Neither the next page's Referer, nor a script that counts visits, nor the server's log tells it."""
        self.ask(ANNA)
        token = self.token_for(ANNA)
        page = self.url_open(f"/wallet/in/{token}")
        self.assertTrue(page.url.endswith("/wallet/in"))
        self.assertNotIn(token, page.text)
        for answer in (page, page.history[0]):
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        with self.assertLogs("werkzeug") as log:
            logging.getLogger("werkzeug").info('"GET /wallet/in/%s" %s', token, 303)
            logging.getLogger("werkzeug").info("%s", f"GET /fr/wallet/in/{token} HTTP/1.1")
        self.assertNotIn(token, "".join(log.output).partition("GET /fr")[2])

    def test_it_expires(self):
        self.ask(ANNA)
        token = self.token_for(ANNA)
        self.env.cr.execute(
            "UPDATE tibillet_login_link SET expires_at = %s", [fields.Datetime.now() - timedelta(seconds=1)]
        )
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
        self.assertEqual(self.enter(ANNA).status_code, 410)

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

    def test_a_link_in_a_mail_bears_the_websites_own_address(self):
        """Not the Host that a request claims: a mail would send its reader to a stranger."""
        self.env["website"].get_current_website().domain = "https://wallet.example"
        self.env["ir.config_parameter"].set_param("web.base.url", "https://other.example")
        self.env["tibillet.login.link"]._ask(ANNA, "203.0.113.7")
        self.assertIn("https://wallet.example/wallet/in/", self.mails_to(ANNA).body_html)

    def test_the_login_says_whose_an_account_is(self):
        """A stranger writes Anna's address on their own account: Anna does not land in it."""
        stranger = new_test_user(self.env, login="stranger@people.example", groups="base.group_portal")
        stranger.partner_id.email = ANNA
        self.sign_in(ANNA)
        self.assertEqual(self.anna.user_ids.login, ANNA)
        self.assertNotEqual(self.anna.user_ids, stranger)

    def test_nor_in_somebody_s_address_book(self):
        self.anna.parent_id = self.ben
        self.sign_in(ANNA)
        self.assertFalse(self.anna.user_ids)

    def test_of_two_people_with_one_address_neither_is_opened(self):
        other = self.env["res.partner"].create({"name": "Test Anton", "email": ANNA})
        self.assertShown("Nothing here yet", self.sign_in(ANNA))
        self.assertFalse((self.anna | other).user_ids)

    def test_a_person_who_was_archived_is_not_opened(self):
        self.anna.active = False
        self.sign_in(ANNA)
        self.assertFalse(self.anna.user_ids)

    def test_a_person_of_one_company(self):
        self.anna.company_id = self.bar.company_id
        self.sign_in(ANNA)
        self.assertEqual(self.anna.user_ids.company_id, self.bar.company_id)

    def test_a_login_in_capitals_is_the_same_one(self):
        user = new_test_user(self.env, login="Anna@People.example", groups="base.group_portal", partner_id=self.anna.id)
        self.sign_in(ANNA)
        self.assertEqual(self.anna.user_ids, user)

    def test_a_login_that_looks_like_a_pattern(self):
        new_test_user(self.env, login="anna_x@people.example", groups="base.group_portal")
        self.sign_in("anna-x@people.example")
        self.assertTrue(self.env["res.users"].search([("login", "=", "anna-x@people.example")]))

    def test_the_session_is_another_one_afterwards(self):
        self.ask(ANNA)
        self.url_open("/wallet")
        before = self.opener.cookies["session_id"]
        self.enter(ANNA)
        self.assertNotEqual(self.opener.cookies["session_id"], before)

    def test_a_second_factor_is_asked_then_the_act_goes_on(self):
        secret = b"12345678901234567890"
        user = new_test_user(self.env, login=ANNA, groups="base.group_portal", partner_id=self.anna.id)
        user.sudo().totp_secret = base64.b32encode(secret).decode()
        card = self.make_card()
        self.post(f"/qr/{card.qr_uuid}/claim", {"email": ANNA}, form=f"/qr/{card.qr_uuid}")
        page = self.enter(ANNA, number=card.number)
        self.assertIn("/web/login/totp", page.url)
        self.assertFalse(card.partner_id)
        self.assertIn("/wallet", self.url_open("/my/wallet").url)
        self.assertShown("Your e-mail address", self.url_open("/my/wallet"))
        code = hotp(secret, int(time.time() / TIMESTEP))
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"totp_token": f"{code:06d}", "csrf_token": token, "redirect": "/wallet/act"}
        self.assertTrue(self.url_open("/web/login/totp", data=data).url.endswith("/my/wallet"))
        self.assertEqual(card.partner_id, self.anna)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_where_passwords_were_tried_the_link_waits(self):
        self.ask(ANNA)
        with patch.object(type(self.env["res.users"]), "_on_login_cooldown", return_value=True):
            self.assertShown("Wait a minute", self.enter(ANNA))
        self.assertIn("/my/wallet", self.enter(ANNA).url)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_the_usual_log_in_page_knows_no_such_type(self):
        data = {"login": ANNA, "password": "x", "type": "tibillet_link"}
        answer = self.post("/web/login", data, form="/web/login")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("/web/login", answer.url)

    def test_nobody_reads_links(self):
        self.ask(ANNA)
        for user in (self.cashier, self.manager, self.network):
            with self.subTest(user=user.login):
                self.assertFalse(self.env["tibillet.login.link"].with_user(user).has_access("read"))
