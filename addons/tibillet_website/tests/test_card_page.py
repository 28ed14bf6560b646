from lxml.html import fromstring

from .common import WebCase

ANNA = "anna@people.example"


class TestCardPage(WebCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card()
        self.top_up(self.card, self.euro, 1250)

    def of(self, card):
        return self.url_open(f"/qr/{card.qr_uuid}")

    def test_an_unlinked_card_shows_its_balance(self):
        page = self.of(self.card)
        self.assertShown("12.50", page)
        self.assertShown("Top it up", page)
        shown = fromstring(page.text).find(".//main").text_content()
        for words in ("History", self.card.number, self.card.number[4:]):
            self.assertNotIn(words, shown)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_a_linked_card_shows_nothing(self):
        self.card._link(self.anna)
        page = self.of(self.card)
        self.assertShown("belongs to somebody", page)
        for words in ("12.50", "Anna", ANNA):
            self.assertNotIn(words, page.text.partition("tibillet-page")[2])

    def test_a_lost_card_shows_nothing(self):
        self.card._declare_lost()
        page = self.of(self.card)
        self.assertShown("out of use", page)
        self.assertNotIn("12.50", page.text)

    def test_its_holder_finds_the_wallet(self):
        self.card._link(self.anna)
        self.sign_in(ANNA)
        self.assertTrue(self.of(self.card).url.endswith("/my/wallet"))

    def test_an_unknown_code(self):
        for code in ("00000000-0000-4000-8000-000000000000", "%00", "é", "x" * 500, "' OR 1=1"):
            with self.subTest(code=code):
                answer = self.url_open(f"/qr/{code}")
                self.assertEqual(answer.status_code, 404)
                self.assertShown("Unknown card", answer)

    def test_claimed_by_mail_with_the_card_in_hand(self):
        sent = self.post(f"/qr/{self.card.qr_uuid}/claim", {"email": ANNA}, form=f"/qr/{self.card.qr_uuid}")
        self.assertShown("Look at your mail", sent)
        self.assertNotIn(self.card.number, self.mails_to(ANNA).body_html)
        self.assertShown("12.50", self.enter(ANNA, number=self.card.number))
        self.assertEqual(self.card.partner_id, self.anna)

    def test_a_linked_card_cannot_be_claimed(self):
        self.card._link(self.ben)
        self.post(f"/qr/{self.card.qr_uuid}/claim", {"email": ANNA}, form="/wallet")
        self.assertEqual(self.env["tibillet.login.link"].search([])[0].purpose, "sign_in")

    def test_a_card_asked_for_by_two_goes_to_the_first_who_holds_it(self):
        for address in (ANNA, "ben@people.example"):
            self.post(f"/qr/{self.card.qr_uuid}/claim", {"email": address}, form=f"/qr/{self.card.qr_uuid}")
        self.enter("ben@people.example", number=self.card.number)
        self.authenticate(None, None)
        self.assertShown("already belongs to someone else", self.enter(ANNA, number=self.card.number))
        self.assertEqual(self.card.partner_id.email, "ben@people.example")

    def test_who_works_here_is_sent_to_the_card_desk(self):
        self.authenticate("t_manager", "t_manager")
        page = self.post(f"/qr/{self.card.qr_uuid}/claim", {}, form=f"/qr/{self.card.qr_uuid}")
        self.assertShown("have your card tied to it at a card desk", page)
        self.assertFalse(self.env["tibillet.login.link"].search([]))
