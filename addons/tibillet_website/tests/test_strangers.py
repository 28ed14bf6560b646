import re
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..models.asked_mixin import PER_ADDRESS
from .common import WebCase

ANNA, EVE, NOBODY = "anna@people.example", "eve@people.example", "nobody@people.example"
NOISE = re.compile(r"csrf_token[^>]*|[\w.]+@[\w.]+|\d{10,}")


class TestStrangers(WebCase):
    """Odoo's own doors, which say in words or in time who has an account: here they do not."""

    def setUp(self):
        super().setUp()
        self.user = self.env["res.users"]._create_user_from_template(
            {"login": ANNA, "email": ANNA, "name": "Anna", "password": "a long password"}
        )

    def job(self):
        self.env.ref("tibillet_website.cron_answer_passwords").method_direct_trigger()

    def reset(self, login):
        return self.post("/web/reset_password", {"login": login}, form="/web/reset_password")

    def test_a_forgotten_password_is_asked_of_anybody(self):
        answers = {NOISE.sub("", self.reset(login).text) for login in (ANNA, NOBODY)}
        self.assertEqual(len(answers), 1)
        self.assertIn("instructions sent", answers.pop())

    def test_the_page_does_the_same_for_anybody_and_a_job_mails_who_has_an_account(self):
        with patch.object(type(self.user), "action_reset_password", autospec=True) as mailed:
            for login in (ANNA, NOBODY):
                self.reset(login)
            self.assertFalse(mailed.called)
            requests = self.env["tibillet.password.request"].search([])
            self.assertEqual(requests.mapped("email"), [ANNA, NOBODY])
            self.job()
            self.assertEqual([call.args[0] for call in mailed.call_args_list], [self.user])
            self.job()
            self.assertEqual(mailed.call_count, 1)

    def test_the_mail_holds_the_way_in_and_nobody_is_sent_a_hundred(self):
        letters = []

        def send(mail, **_options):
            letters.append((mail.email_to, "/web/reset_password?" in mail.body_html))

        with patch.object(type(self.env["mail.mail"]), "send", autospec=True, side_effect=send):
            for _time in range(PER_ADDRESS + 1):
                self.reset(ANNA)
            self.job()
        self.assertEqual(letters, [(ANNA, True)] * PER_ADDRESS)

    def test_a_mail_that_fails_stops_no_other(self):
        with patch.object(type(self.user), "action_reset_password", autospec=True, side_effect=[UserError("no"), None]):
            self.env["tibillet.password.request"]._ask(ANNA, "1.2.3.4")
            self.env["tibillet.password.request"]._ask(ANNA, "1.2.3.4")
            self.job()
        self.assertTrue(all(self.env["tibillet.password.request"].search([]).mapped("is_answered")))

    def test_an_address_in_the_page_s_address_tells_nothing(self):
        self.env["res.users.log"].with_user(self.user).sudo().create({})
        for page in ("/web/reset_password", "/web/signup"):
            answers = [
                self.url_open(f"{page}?signup_email={email}", allow_redirects=False).status_code
                for email in (ANNA, NOBODY)
            ]
            with self.subTest(page=page):
                self.assertEqual(answers[0], answers[1])

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_password_is_worked_on_once_for_anybody(self):
        """Verifying one takes most of a log-in's time: without, the unknown are told from the known."""
        self.env["res.users"]._create_user_from_template({"login": "ben@people.example", "name": "Ben"})
        users = type(self.env["res.users"])
        context = users._crypt_context(self.env["res.users"])
        for login in (ANNA, NOBODY, "ben@people.example"):
            with (
                self.subTest(login=login),
                patch.object(type(context), "verify_and_update", autospec=True, return_value=(False, None)) as verify,
                patch.object(type(context), "hash", autospec=True, return_value="") as worked,
            ):
                self.post("/web/login", {"login": login, "password": "x", "type": "password"}, form="/web/login")
                real = [call for call in verify.call_args_list if call.args[2]]
                self.assertEqual(len(real) + worked.call_count, 1)

    def test_a_link_that_another_site_slipped_in_is_shown_before_it_opens(self):
        """Anna stands at her door; a page of Eve's opens Eve's link in the same browser; Anna presses the button."""
        self.ask(ANNA)
        hers = self.url_open(f"/wallet/in/{self.token_for(ANNA)}").text
        door = re.search(r'name="door" value="(\w+)"', hers)[1]
        self.ask(EVE)
        shown = self.post("/wallet/in/open", {"door": door}, form=f"/wallet/in/{self.token_for(EVE)}")
        self.assertShown(EVE, shown)
        self.assertFalse(self.env["res.users"].search([("login", "=", EVE)]))
        opened = self.post("/wallet/in/open", {"door": door}, form=f"/wallet/in/{self.token_for(ANNA)}")
        self.assertTrue(opened.url.endswith("/my/wallet"))
