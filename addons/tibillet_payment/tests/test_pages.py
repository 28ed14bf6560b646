import re
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.tibillet_website.tests.common import WebCase

from .common import OnlineCase

PAY = "/my/wallet/top-up/transaction/%s"


class TestPages(OnlineCase, HttpCase):
    """The holder's pages over real HTTP."""

    assertShown = WebCase.assertShown

    def setUp(self):
        super().setUp()
        english = self.env.ref("base.lang_en")
        self.env["website"].search([]).write({"default_lang_id": english.id, "language_ids": [(6, 0, english.ids)]})
        new_test_user(self.env, "t_ann", groups="base.group_portal", partner_id=self.ann.id)
        self.authenticate("t_ann", "t_ann")

    def form(self, amount, asset=None):
        """What the payment form of this amount would send."""
        page = self.url_open(f"/my/wallet/top-up?asset={(asset or self.bar_euro).id}&amount={amount}").text
        token = re.search(r'data-access-token="([^"]+)"', page)
        return {
            "provider_id": self.provider.id,
            "payment_method_id": self.payment_method_id,
            "token_id": None,
            "amount": amount,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/my/wallet",
            "is_validation": False,
            "access_token": token and token[1],
        }

    def send(self, form, asset=None):
        return self.make_jsonrpc_request(PAY % (asset or self.bar_euro).id, form)

    def paid(self):
        return self.env["payment.transaction"].sudo().search([("tibillet_wallet_id", "=", self.ann_wallet.id)])

    def test_wallet_choose_pay_wallet(self):
        self.assertShown('href="/my/wallet/top-up"', self.url_open("/my/wallet"))
        choose = self.url_open("/my/wallet/top-up")
        for words in ("Bar euro", "Test bar", "No fee", "20.00"):
            self.assertShown(words, choose)
        self.assertShown("o_payment_form", self.url_open(f"/my/wallet/top-up?asset={self.bar_euro.id}&amount=20,50"))
        self.send(self.form(20.5))
        tx = self.paid()
        self.assertEqual((tx.amount, tx.partner_id, tx.tibillet_asset_id), (20.5, self.ann, self.bar_euro))
        self.hear(tx)
        self.assertShown("are on your wallet", self.url_open(tx.landing_route))

    def test_what_cannot_be_credited_is_refused_before_paying(self):
        self.bar_euro.ceiling = 6000
        for amount, words in (("500", "from"), ("61", "at most"), ("abc", "from"), ("-5", "from"), ("1e2", "from")):
            with self.subTest(amount=amount):
                page = self.url_open(f"/my/wallet/top-up?asset={self.bar_euro.id}&amount={amount}")
                self.assertShown(words, page)
                self.assertNotIn("o_payment_form", page.text)

    def test_the_ceiling_is_asked_again_when_the_form_is_sent(self):
        form = self.form(50)
        self.bar_euro.ceiling = 4000
        with mute_logger("odoo.http"), self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.send(form)
        self.assertFalse(self.paid())

    def test_nothing_else_passes_the_door(self):
        (self.ann | self.bob).parent_id = self.env["res.partner"].create({"name": "Household"})
        form = self.form(20)
        for changed in (
            {"amount": 1},
            {"access_token": "x"},
            {"is_validation": True},
            {"provider_id": self.provider.copy({"company_id": self.hall.id, "state": "test", "is_published": True}).id},
            {"partner_id": self.bob.id},
            {"flow": "token", "token_id": self._create_token(partner_id=self.bob.id).id},
            {"tibillet_wallet_id": self.bob_wallet.id},
        ):
            with self.subTest(changed=changed), mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.send({**form, **changed})
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.send(form, self.hall_euro)
        self.assertFalse(self.paid())

    def test_another_s_payment_is_not_told(self):
        tx = self.start(20.0, wallet=self.bob_wallet)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"/my/wallet/top-up/done/{tx.id}").status_code, 404)

    def test_the_money_of_which_venue(self):
        self.hall_euro.online_topup = True
        self.provider.copy({"company_id": self.hall.id, "state": "test", "is_published": True})
        page = self.url_open(f"/my/wallet/top-up?asset={self.hall_euro.id}")
        for words in ("Bar euro", "Hall euro", "Test hall"):
            self.assertShown(words, page)

    def test_signed_out_it_asks_who_you_are(self):
        self.logout()
        self.assertShown("Your e-mail address", self.url_open("/my/wallet/top-up"))

    def test_ask_money_back_and_no_more(self):
        self.top_up_online(25.0)
        provider = type(self.env["payment.provider"])
        partial = patch.object(
            provider, "_compute_feature_support_fields", lambda records: records.update({"support_refund": "partial"})
        )
        self.startPatcher(partial)
        page = self.url_open("/my/wallet")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        key = re.search(r'name="key" value="([^"]+)"', page.text)[1]
        form = {"csrf_token": token, "key": key, "asset": self.bar_euro.id}
        self.assertShown("At most", self.url_open("/my/wallet/give-back", data={**form, "amount": "25.01"}))
        self.assertShown("go back to where", self.url_open("/my/wallet/give-back", data={**form, "amount": "10"}))
        self.url_open("/my/wallet/give-back", data={**form, "amount": "10"})
        self.assertEqual(self.paid().filtered(lambda tx: tx.operation == "refund").mapped("amount"), [-10.0])
        self.assertFalse(self.env["payment.transaction"].search([("tibillet_wallet_id", "=", self.bob_wallet.id)]))
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/my/wallet/give-back", data={**form, "asset": "0"}).status_code, 404)
