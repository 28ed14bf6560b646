import re

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import PhoneCase


@tagged("post_install", "-at_install")
class TestPayPage(PhoneCase, HttpCase):
    """What the code opens on a phone, over real HTTP."""

    def setUp(self):
        super().setUp()
        english = self.env.ref("base.lang_en")
        self.env["website"].search([]).write(
            {"default_lang_id": english.id, "language_ids": [Command.set(english.ids)]}
        )
        self.asked = self._ask(500)
        self.path = f"/pay/{self._request(self.asked)._token()}"

    def page(self, path=None):
        response = self.url_open(path or self.path)
        shown = response.text.partition("tibillet-page")[2].partition("<footer")[0]
        return response, re.sub(r"<[^>]+>|\s+", " ", shown)

    def confirm(self, path=None):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page()[0].text)
        data = {"csrf_token": token[1]} if token else {}
        return self.url_open(f"{path or self.path}/confirm", data=data)

    def come_in(self, user):
        self.authenticate(user.login, user.login)

    def test_the_code_leads_to_the_website(self):
        self.assertTrue(self.asked["url"].endswith(self.path))

    def test_signed_in_it_is_confirmed_once(self):
        self.come_in(self.holder)
        response, words = self.page()
        self.assertIn(self.bar_place.name, words)
        self.assertIn("5.00", words)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.confirm()
        self.assertIn("15.00", self.page()[1])
        self.confirm()
        self.assertEqual(self._wallet_of(self.holder), (2000, 500))
        self.assertEqual(self._poll(self.asked)["status"], "held")

    def test_nobody_pays_unless_signed_in(self):
        self.assertIn('action="/wallet/link"', self.page()[0].text)
        with self.assertUnchanged():
            self.confirm()
        self.assertEqual(self._poll(self.asked)["status"], "asked")

    def test_a_confirmation_from_another_site_is_refused(self):
        self.come_in(self.holder)
        with self.assertUnchanged(), self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.url_open(f"{self.path}/confirm", data={"csrf_token": "no"}).status_code, 400)

    def test_a_second_phone_is_told(self):
        self.come_in(self.holder)
        self.confirm()
        self.come_in(self.other)
        response, words = self.page()
        self.assertEqual(response.status_code, 410)
        self.assertIn("Somebody else has paid it", words)
        self.assertNotIn("anna", words)

    def test_a_forged_code_says_nothing(self):
        self.come_in(self.holder)
        response, words = self.page(f"{self.path[:-1]}x")
        self.assertEqual(response.status_code, 404)
        self.assertNotIn(self.bar_place.name, words)

    def test_a_wallet_that_lacks_some_is_told_before_and_after(self):
        self.come_in(self.holder)
        self.asked = self._ask(2500)
        self.path = f"/pay/{self._request(self.asked)._token()}"
        self.assertIn("lacks 5.00", self.page()[1].replace("€", "").replace("\xa0", " ").replace("  ", " "))
        self.confirm()
        self.assertIn("Not paid", self.page()[1])
        self.assertEqual(self._poll(self.asked)["status"], "short")
