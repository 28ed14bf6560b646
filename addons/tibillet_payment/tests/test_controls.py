from odoo import fields

from .common import OnlineCase


class TestControls(OnlineCase):
    """The number of the controls page that this addon adds."""

    def _number(self):
        controls = self.env["tibillet.control"]._count(self.bar)
        return controls.filtered(lambda control: control.kind == "online").number

    def test_zero_while_payments_reach_their_wallets(self):
        self.top_up_online(25.0)
        self.start(10.0)
        self.assertEqual(self._number(), 0)
        controls = self.env["tibillet.control"]._count(self.bar)
        self.assertEqual(set(controls.mapped("state")), {"zero"})

    def test_red_for_what_is_on_no_wallet(self):
        late, by_hand = self.start(10.0), self.start(12.0)
        late.write({"state": "done", "last_state_change": fields.Datetime.subtract(fields.Datetime.now(), minutes=11)})
        by_hand.write({"state": "done", "tibillet_state": "by_hand"})
        self.assertEqual(self._number(), 2)
        control = self.env["tibillet.control"].search([("kind", "=", "online"), ("company_id", "=", self.bar.id)])
        action = control.action_open()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), late | by_hand)
        late._post_process()
        self.assertEqual(self._number(), 1)
