from odoo import Command
from odoo.tests import tagged

from .common import WebCase

TOUR = "tour@people.example"
QR = "aaaaaaaa-1111-4111-8111-000000000001"


class PhoneCase(WebCase):
    """What the public does on a phone; the mail is read for them in between."""

    browser_size = "390x844"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.env["website"].search([]).language_ids = [Command.link(self.env["res.lang"]._activate_lang("fr_FR").id)]
        self.env["ir.module.module"]._load_module_terms(["tibillet_website"], ["fr_FR"])
        self.card = self.batch._add_cards([{"number": "TOUR0001", "qr_uuid": QR}])
        self.card._activate()
        self.top_up(self.card, self.euro, 1250)

    def tour(self, name, path, lang):
        self.start_tour(f"{'/fr' if lang == 'fr_FR' else ''}{path}", f"tibillet_website.{name}")

    def assertSpoken(self, lang, words):
        """In the mail, and in the page that it opens."""
        mail = self.mails_to(TOUR)[:1]
        self.assertIn(words[lang], mail.subject)
        page = self.url_open(f"{'/fr' if lang == 'fr_FR' else ''}/wallet")
        self.assertShown("Recevoir un lien" if lang == "fr_FR" else "Send me a link", page)

    def open_mail(self, name, lang):
        self.tour(name, f"/wallet/in/{self.token_for(TOUR)}", lang)

    def claim_and_lose(self, lang):
        self.tour("claim_a_card", f"/qr/{QR}", lang)
        self.assertFalse(self.card.partner_id)
        self.assertSpoken(lang, {"en_US": "Is this card yours?", "fr_FR": "Cette carte est à vous"})
        self.open_mail("open_and_lose", lang)
        user = self.env["res.users"].search([("login", "=", TOUR)])
        self.assertEqual((self.card.state, self.card.lost_partner_id, user.lang), ("lost", user.partner_id, lang))
        self.assertEqual(self.held_by(self.env["tibillet.wallet"]._for_partner(user.partner_id)), {self.euro: 1250})

    def come_and_go(self, lang):
        self.tour("sign_in", "/wallet", lang)
        self.open_mail("add_a_card_and_erase", lang)
        self.open_mail("erase", lang)
        self.assertFalse(self.env["res.users"].search([("login", "=", TOUR)]))


@tagged("post_install", "-at_install")
class TestTours(PhoneCase):
    def test_claim_then_lose_a_card(self):
        self.claim_and_lose("en_US")

    def test_the_same_in_french(self):
        self.claim_and_lose("fr_FR")

    def test_sign_in_then_erase(self):
        self.come_and_go("en_US")

    def test_erase_in_french(self):
        self.come_and_go("fr_FR")
