import json

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import ledger

from ..models.asked_mixin import PER_ADDRESS
from ..models.login_link import TRIES
from .common import TOKEN, WebCase

ANNA = "anna@people.example"


class TestMyWallet(WebCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card()
        self.top_up(self.card, self.euro, 1250)
        self.top_up(self.card, self.hours, 90)

    def test_balances_places_and_history(self):
        self.federate(self.euro)
        self.card._link(self.anna)
        page = self.sign_in(ANNA)
        for words in ("12.50", "1 h 30", "Welcome at 2", "Test Barn", "From one of your cards", self.card.number[:4]):
            self.assertShown(words, page)

    def test_signed_out_it_asks_who_you_are(self):
        self.assertShown("Your e-mail address", self.url_open("/my/wallet"))

    def test_a_card_is_linked_by_its_number_and_the_mail(self):
        self.sign_in(ANNA)
        self.post("/my/wallet/card", {"number": self.card.number.lower()}, form="/my/wallet")
        self.assertFalse(self.card.partner_id)
        self.assertShown("not the one that was asked for", self.enter(ANNA, number="TCOTHERS"))
        self.assertFalse(self.card.partner_id)
        self.assertShown("12.50", self.enter(ANNA, number=self.card.number))
        self.assertEqual(self.card.partner_id, self.anna)

    def test_numbers_are_not_to_be_guessed(self):
        """A free card, somebody's and none: one answer, one mail, and three of them in a quarter of an hour."""
        self.card._link(self.ben)
        self.sign_in(ANNA)
        answers = {
            self.post("/my/wallet/card", {"number": number}, form="/my/wallet").text.count("asks you to confirm")
            for number in (self.card.number, "NOSUCH00", self.make_card().number)
        }
        self.assertEqual(answers, {1})
        mails = self.mails_to(ANNA)
        self.assertEqual(len(mails), PER_ADDRESS)
        self.assertEqual(len({TOKEN.sub("", mail.body_html) for mail in mails[:2]}), 1)

    def test_what_is_no_card_links_none(self):
        self.sign_in(ANNA)
        self.post("/my/wallet/card", {"number": "NOSUCH00"}, form="/my/wallet")
        for number in ("NOSUCH00", "", self.card.number):
            with self.subTest(number=number):
                self.assertShown("not the one that was asked for", self.enter(ANNA, number=number))
        self.assertFalse(self.card.partner_id)

    def test_after_some_wrong_numbers_the_link_is_over(self):
        self.sign_in(ANNA)
        self.post("/my/wallet/card", {"number": self.card.number}, form="/my/wallet")
        for time in range(TRIES):
            answer = self.enter(ANNA, number=f"WRONG{time:03d}")
        self.assertEqual(answer.status_code, 410)
        self.assertEqual(self.url_open("/wallet/in").status_code, 410)
        self.assertFalse(self.card.partner_id)

    def test_a_second_card_of_who_holds_money_needs_the_first(self):
        self.card._link(self.anna)
        second = self.make_card()
        self.sign_in(ANNA)
        self.post("/my/wallet/card", {"number": second.number}, form="/my/wallet")
        page = self.enter(ANNA, number=second.number)
        self.assertFalse(second.partner_id)
        self.assertShown("Tap the card they have", page)

    def test_who_works_here_sees_their_wallet(self):
        self.top_up(self.env["tibillet.wallet"]._for_partner(self.manager.partner_id), self.euro, 700)
        self.authenticate("t_manager", "t_manager")
        page = self.url_open("/my/wallet")
        self.assertShown("7.00", page)
        self.assertShown("at a card desk", page)
        self.assertNotIn("/my/wallet/erase", page.text)
        answer = self.post("/my/wallet/card", {"number": self.card.number}, form=f"/qr/{self.card.qr_uuid}")
        self.assertShown("not opened by mail", answer)
        self.assertFalse(self.env["tibillet.login.link"].search([]))

    def test_a_portal_user_with_a_password(self):
        new_test_user(self.env, login=ANNA, groups="base.group_portal", partner_id=self.anna.id, password="anna's own")
        self.card._link(self.anna)
        self.authenticate(ANNA, "anna's own")
        self.assertShown("12.50", self.url_open("/my/wallet"))
        self.authenticate(None, None)
        self.assertShown("12.50", self.sign_in(ANNA))

    def test_topped_up_and_paid_back_online(self):
        wallet, bar = self.env["tibillet.wallet"]._for_partner(self.anna).id, self.bar.wallet_id.id
        for kind, amount in (("top_up", 500), ("cash_out", -200)):
            lines = (ledger.Line(wallet, self.euro.id, amount), ledger.Line(bar, self.euro.id, -amount))
            entry = ledger.Entry(f"payment.test:{kind}", kind, self.bar.id, lines)
            self.env["tibillet.ledger.transaction"]._post([entry])
        page = self.sign_in(ANNA)
        self.assertShown("Top-up online", page)
        self.assertShown("Paid back online", page)

    def test_lost(self):
        self.card._link(self.anna)
        self.sign_in(ANNA)
        page = self.post(f"/my/wallet/card/{self.card.id}/lost", {}, form="/my/wallet")
        self.assertEqual(self.card.state, "lost")
        self.assertShown("12.50", page)

    def test_another_s_card_is_not_declared_lost(self):
        self.card._link(self.ben)
        self.sign_in(ANNA)
        answer = self.post(f"/my/wallet/card/{self.card.id}/lost", {}, form="/my/wallet")
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.card.state, "active")

    def test_export(self):
        self.card._link(self.anna)
        self.sign_in(ANNA)
        data = json.loads(self.url_open("/my/wallet/data").text)
        self.assertEqual(data["person"]["email"], ANNA)
        self.assertEqual(data["cards"], [{"number": self.card.number, "state": "active"}])
        self.assertEqual({(row["what"], row["amount"]) for row in data["history"]}, {("merge", 1250), ("merge", 90)})

    def test_statement(self):
        self.sign_in(ANNA)
        answer = self.url_open("/my/wallet/statement", timeout=90)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn(b"Test Anna", answer.content)
        self.assertIn(b"in every venue of the network", answer.content)
        self.assertNotIn(b"your venue", answer.content)

    def test_history_by_pages(self):
        wallet = self.env["tibillet.wallet"]._for_partner(self.anna)
        for _time in range(25):
            self.top_up(wallet, self.euro, 100)
        self.assertEqual(self.sign_in(ANNA).text.count('tibillet-move"'), 20)
        self.assertEqual(self.url_open("/my/wallet?page=2").text.count('tibillet-move"'), 5)
        for page in ("99", "0", "-1", "x", "9" * 5000, "²"):
            self.assertEqual(self.url_open(f"/my/wallet?page={page}").status_code, 200)

    @mute_logger("odoo.http")
    def test_forms_need_their_token(self):
        self.card._link(self.anna)
        self.sign_in(ANNA)
        for path in (f"/my/wallet/card/{self.card.id}/lost", "/my/wallet/card", "/my/wallet/erase"):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path, data={"number": "x"}).status_code, 400)
        self.assertEqual(self.card.state, "active")
