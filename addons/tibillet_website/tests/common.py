import re

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tibillet_base.tests.common import NetworkCase

SPACE = re.compile(r"<[^>]+>|\s+")
TOKEN = re.compile(r"/wallet/in/([\w-]{43})")


@tagged("post_install", "-at_install")
class WebCase(NetworkCase, HttpCase):
    """The public's pages over real HTTP; mails wait in Odoo's queue, where a test reads them."""

    def setUp(self):
        super().setUp()
        english = self.env.ref("base.lang_en")
        self.env["website"].search([]).write(
            {"default_lang_id": english.id, "language_ids": [Command.set(english.ids)]}
        )

    def assertShown(self, words, page):
        """In the page's own part; the whole page would drown the message."""
        shown = page.text.partition("tibillet-page")[2].partition("<footer")[0]
        text = SPACE.sub(" ", shown)
        self.assertTrue(words in shown or words in text, f"{words!r} is not in: {text[:1500]}")

    def mails_to(self, address):
        return self.env["mail.mail"].sudo().search([("email_to", "=", address)], order="id desc")

    def token_for(self, address):
        """The token of the last link that was mailed."""
        self.env.invalidate_all()
        return TOKEN.search(self.mails_to(address)[:1].body_html)[1]

    def ask(self, address):
        return self.post("/wallet/link", {"email": address}, form="/wallet")

    def post(self, path, data, form):
        """Fill the form of page `form` that posts to `path`."""
        shown = self.url_open(form)
        token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)[1]
        return self.url_open(path, data={**data, "csrf_token": token}, timeout=60)

    def enter(self, address, **form):
        """Open the last link that was mailed to `address`, and press its button."""
        return self.post("/wallet/in/open", form, form=f"/wallet/in/{self.token_for(address)}")

    def sign_in(self, address):
        """Through the mail, as people do."""
        self.ask(address)
        return self.enter(address.strip().lower())
