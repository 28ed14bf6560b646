import re

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_payment.tests.common import OnlineCase
from odoo.addons.tibillet_website.tests.common import WebCase


@tagged("post_install", "-at_install")
class TestAutoPages(OnlineCase, HttpCase):
    """The holder's page of the automatic top-up."""

    assertShown = WebCase.assertShown

    def setUp(self):
        super().setUp()
        english = self.env.ref("base.lang_en")
        self.env["website"].search([]).write({"default_lang_id": english.id, "language_ids": [(6, 0, english.ids)]})
        self.provider.write({"is_published": True, "allow_tokenization": True})
        new_test_user(self.env, "t_ann_auto", groups="base.group_portal", partner_id=self.ann.id)
        self.authenticate("t_ann_auto", "t_ann_auto")

    def post(self, path, **form):
        page = self.url_open("/my/wallet/auto")
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        return self.url_open(path, data={"csrf_token": csrf, **form})

    def test_on_changed_and_off_in_a_click(self):
        self.assertShown("Save your card first", self.url_open("/my/wallet/auto"))
        token = self._create_token(partner_id=self.ann.id)
        form = {"asset": self.bar_euro.id, "token": token.id, "threshold": "5", "amount": "20", "ceiling": "60"}
        self.assertShown("Tick that you agree", self.post("/my/wallet/auto/on", **form))
        page = self.post("/my/wallet/auto/on", **form, agree="on")
        self.assertShown("fills by itself", page)
        self.assertShown("Automatic top-up: on", page)
        self.env.invalidate_all()
        auto = self.env["tibillet.auto.top.up"].sudo().search([("wallet_id", "=", self.ann_wallet.id)])
        self.assertEqual((auto.threshold, auto.amount, auto.monthly_ceiling, auto.state), (5, 20, 60, "on"))
        self.assertIn("Test bar", auto.consent)
        self.post("/my/wallet/auto/on", **{**form, "amount": "25,50"}, agree="on")
        self.env.invalidate_all()
        self.assertEqual(auto.amount, 25.5)
        self.assertShown("Switched off", self.post("/my/wallet/auto/off", auto=auto.id))
        self.env.invalidate_all()
        self.assertEqual(auto.state, "off")

    def test_another_holder_and_nobody_reach_nothing(self):
        token = self._create_token(partner_id=self.bob.id)
        auto = (
            self.env["tibillet.auto.top.up"]
            .sudo()
            ._agree(self.bob_wallet, self.bar_euro, token, 5.0, 20.0, 60.0, agreed=True)
        )
        self._create_token(partner_id=self.ann.id)
        form = {"asset": self.bar_euro.id, "token": token.id, "threshold": "5", "amount": "20", "ceiling": "60"}
        with mute_logger("odoo.http"):
            self.assertEqual(self.post("/my/wallet/auto/off", auto=auto.id).status_code, 404)
            self.assertEqual(self.post("/my/wallet/auto/on", **{**form, "asset": "0"}).status_code, 404)
        self.assertShown("Choose a card", self.post("/my/wallet/auto/on", **form, agree="on"))
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/wallet/auto").url)
        self.env.invalidate_all()
        self.assertEqual(auto.state, "on")
