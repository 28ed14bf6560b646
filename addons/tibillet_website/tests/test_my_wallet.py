import json

from odoo.tools import mute_logger

from .common import WebCase

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
        token = self.token_for(ANNA)
        self.assertFalse(self.card.partner_id)
        other = self.post(f"/wallet/in/{token}/open", {"number": "TCOTHERS"}, form=f"/wallet/in/{token}")
        self.assertShown("not the card", other)
        self.assertFalse(self.card.partner_id)
        page = self.post(f"/wallet/in/{token}/open", {"number": self.card.number}, form=f"/wallet/in/{token}")
        self.assertEqual(self.card.partner_id, self.anna)
        self.assertShown("12.50", page)

    def test_numbers_are_not_to_be_guessed(self):
        self.sign_in(ANNA)
        taken = self.make_card()
        taken._link(self.ben)
        answers = {
            self.post("/my/wallet/card", {"number": number}, form="/my/wallet").text.count("asks you to confirm")
            for number in (taken.number, "NOSUCH00", self.card.number)
        }
        self.assertEqual(answers, {1})
        self.assertEqual(len(self.mails_to(ANNA)), 2)

    def test_a_second_card_of_who_holds_money_needs_the_first(self):
        self.card._link(self.anna)
        second = self.make_card()
        self.sign_in(ANNA)
        self.post("/my/wallet/card", {"number": second.number}, form="/my/wallet")
        token = self.token_for(ANNA)
        page = self.post(f"/wallet/in/{token}/open", {"number": second.number}, form=f"/wallet/in/{token}")
        self.assertFalse(second.partner_id)
        self.assertShown("Tap the card they have", page)

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

    def test_history_by_pages(self):
        wallet = self.env["tibillet.wallet"]._for_partner(self.anna)
        for _time in range(25):
            self.top_up(wallet, self.euro, 100)
        self.assertEqual(self.sign_in(ANNA).text.count("tibillet-move\""), 20)
        self.assertEqual(self.url_open("/my/wallet?page=2").text.count("tibillet-move\""), 5)
        for page in ("99", "0", "-1", "x"):
            self.assertEqual(self.url_open(f"/my/wallet?page={page}").status_code, 200)

    @mute_logger("odoo.http")
    def test_forms_need_their_token(self):
        self.card._link(self.anna)
        self.sign_in(ANNA)
        for path in (f"/my/wallet/card/{self.card.id}/lost", "/my/wallet/card", "/my/wallet/erase"):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path, data={"number": "x"}).status_code, 400)
        self.assertEqual(self.card.state, "active")

    def test_a_portal_user_reads_nothing_by_rpc(self):
        self.sign_in(ANNA)
        user = self.anna.user_ids
        for model in ("tibillet.wallet", "tibillet.card", "tibillet.ledger.posting", "tibillet.ledger.balance"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(user).has_access("read"))
