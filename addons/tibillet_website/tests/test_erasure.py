from odoo.exceptions import UserError

from .common import WebCase

ANNA = "anna@people.example"


class TestErasure(WebCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card()
        self.top_up(self.card, self.euro, 1250)
        self.card._link(self.anna)
        self.wallet = self.env["tibillet.wallet"]._for_partner(self.anna)

    def open_mail(self):
        self.sign_in(ANNA)
        self.post("/my/wallet/erase/mail", {}, form="/my/wallet/erase")
        token = self.token_for(ANNA)
        return self.post(f"/wallet/in/{token}/open", {}, form=f"/wallet/in/{token}")

    def test_the_ledger_stays_the_person_goes(self):
        page = self.open_mail()
        self.assertShown("12.50", page)
        self.post("/my/wallet/erase", {}, form="/my/wallet/erase")
        self.assertFalse(self.anna.email)
        self.assertEqual(self.anna.name, "Erased holder")
        self.assertFalse(self.anna.with_context(active_test=False).user_ids.active)
        self.assertEqual(self.wallet.owner_kind, "pseudonym")
        self.assertEqual(self.held_by(self.wallet), {self.euro: 1250})
        self.assertEqual((self.card.state, self.card.partner_id, self.card.lost_partner_id.id), ("lost", self.env["res.partner"], False))
        self.assertIn("/wallet", self.url_open("/my/wallet").url)

    def test_a_session_alone_is_not_enough(self):
        self.sign_in(ANNA)
        answer = self.post("/my/wallet/erase", {}, form="/my/wallet/erase")
        self.assertShown("Open the link in the mail first", answer)
        self.assertEqual(self.anna.email, ANNA)

    def test_who_works_here_is_not_erased_so(self):
        with self.assertRaisesRegex(UserError, "work here"):
            self.manager.partner_id._tibillet_erase()
