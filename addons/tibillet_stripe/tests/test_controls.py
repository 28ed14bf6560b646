from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import StripeCase


@tagged("post_install", "-at_install")
class TestControls(StripeCase):
    """The number of the controls page that this addon adds."""

    def _number(self):
        controls = self.env["tibillet.control"]._count(self.bar)
        return controls.filtered(lambda control: control.kind == "payouts").number

    def test_red_until_the_bank_shows_the_payout(self):
        self.paid(25.0, "pi_ann")
        self.stripe.payout("po_1", 2437, self.stripe.charge("a", 2500, 63, "pi_ann"))
        payout = self.learn("po_1")
        payout.arrival_date = fields.Date.today()
        self.assertEqual(self._number(), 0, "it is on its way")
        payout.arrival_date = fields.Date.today() - timedelta(days=4)
        self.assertEqual(self._number(), 24.37)
        control = self.env["tibillet.control"].search([("kind", "=", "payouts"), ("company_id", "=", self.bar.id)])
        action = control.action_open()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), payout)
        move = self.env["account.move"].create(
            {
                "journal_id": self._misc_journal(self.bar).id,
                "line_ids": [
                    fields.Command.create({"account_id": self.bar.transfer_account_id.id, "balance": -24.37}),
                    fields.Command.create(
                        {
                            "account_id": self.company_data["default_journal_bank"].default_account_id.id,
                            "balance": 24.37,
                        }
                    ),
                ],
            }
        )
        move.action_post()
        (payout.transit_item_id | move.line_ids[0]).reconcile()
        self.assertEqual(self._number(), 0)
