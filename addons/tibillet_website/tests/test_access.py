import json

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import WebCase

ANNA = "anna@people.example"


class TestAccess(WebCase):
    """What a holder's account may not read nor do, but by the pages."""

    def setUp(self):
        super().setUp()
        self.card = self.make_card()
        self.top_up(self.card, self.euro, 1250)
        self.card._link(self.anna)
        self.sign_in(ANNA)
        self.user = self.anna.user_ids

    def test_no_model_of_ours_is_theirs(self):
        models = [name for name in self.env.registry if name.startswith("tibillet.")]
        self.assertGreater(len(models), 20)
        for model in models:
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(self.env[model].with_user(self.user).has_access(operation))

    def test_at_home_at_each_venue_and_staff_at_their_own(self):
        for place in (self.bar, self.barn):
            self.assertIn(place.company_id.id, self.user._get_company_ids())
        later = self.make_place("Test Later")
        self.assertIn(later.company_id.id, self.user._get_company_ids())
        self.assertNotIn(self.barn.company_id.id, self.cashier._get_company_ids())

    def call(self, path, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(path, data=body, headers={"Content-Type": "application/json"}).json()

    @mute_logger("odoo.http")
    def test_by_rpc(self):
        for model, method, args in (
            ("tibillet.wallet", "search_read", [[]]),
            ("tibillet.card", "search_read", [[], ["number", "qr_uuid"]]),
            ("tibillet.card", "action_void", [self.card.ids]),
            ("tibillet.card", "action_block", [self.card.ids]),
            ("tibillet.login.link", "search_read", [[]]),
            ("tibillet.login.link", "_ask", [ANNA, "x"]),
            ("tibillet.card", "_link", [self.card.ids, self.ben.id]),
            ("res.partner", "_tibillet_erase", [self.ben.ids]),
            ("res.partner", "read", [self.ben.ids, ["tibillet_card_ids"]]),
        ):
            with self.subTest(model=model, method=method):
                answer = self.call("/web/dataset/call_kw", model=model, method=method, args=args, kwargs={})
                self.assertIn("AccessError", answer["error"]["data"]["name"])
        self.assertEqual(self.card.state, "active")

    @mute_logger("odoo.http")
    def test_by_json_2(self):
        key = self.env["res.users.apikeys"].with_user(self.user).sudo()._generate("rpc", "test", None)
        for model, method in (("tibillet.wallet", "search_read"), ("tibillet.card", "search_read")):
            with self.subTest(model=model):
                answer = self.url_open(
                    f"/json/2/{model}/{method}",
                    data=json.dumps({"domain": []}),
                    headers={"Content-Type": "application/json", "Authorization": f"bearer {key}"},
                )
                self.assertEqual(answer.status_code, 403, answer.text)

    def test_nobody_gives_themselves_the_address_of_a_holder(self):
        """It would open the wallet, by a mail to whoever wrote it."""
        self.card._declare_lost()
        stranger = self.make_card()
        self.top_up(stranger, self.euro, 300)
        stranger._link(self.ben)
        cashier = self.make_user("t_web_cashier", self.bar, "group_cashier")
        for user in (cashier, self.barn_manager):
            user.group_ids |= self.env.ref("base.group_partner_manager")
            ben = self.ben.with_user(user)
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "has a wallet"):
                ben.email = "mine@people.example"
            ben.phone = "+33 1 00 00 00 00"
        self.manager.group_ids |= self.env.ref("base.group_partner_manager")
        self.ben.with_user(self.manager).email = "ben@new.example"
        self.anna.with_user(self.user).sudo().email = "anna@new.example"
