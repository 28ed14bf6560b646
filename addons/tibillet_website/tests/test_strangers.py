import re
from unittest.mock import patch

from odoo.tools import mute_logger

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

    def reset(self, login):
        return self.post("/web/reset_password", {"login": login}, form="/web/reset_password")

    def test_a_forgotten_password_is_asked_of_anybody(self):
        answers = {NOISE.sub("", self.reset(login).text) for login in (ANNA, NOBODY)}
        self.assertEqual(len(answers), 1)
        self.assertIn("instructions sent", answers.pop())

    def test_only_who_has_an_account_gets_the_mail_and_by_the_queue(self):
        with patch.object(type(self.env["ir.mail_server"]), "send_email") as sent:
            for login in (ANNA, NOBODY):
                self.reset(login)
        self.assertFalse(sent.called)
        self.assertEqual(self.mails_to(ANNA).mapped("state"), ["outgoing"])
        self.assertFalse(self.mails_to(NOBODY))

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
