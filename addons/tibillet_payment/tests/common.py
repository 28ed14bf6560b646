from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.addons.tibillet_base.tests.common import own_keyring
from odoo.addons.tibillet_cashless.tests.common import CashlessCase


@tagged("post_install", "-at_install")
class OnlineCase(CashlessCase, AccountPaymentCommon):
    """The bar's euro is topped up online, through a payment provider of the bar that says what a test has it say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(own_keyring(cls.env))
        cls.bar_euro.write({"online_topup": True, "online_min": 5, "online_max": 200})
        cls.ann.email = "ann@people.example"

    def setUp(self):
        super().setUp()
        self.speak_for_the_provider()

    def speak_for_the_provider(self):
        """From here on a provider says what :meth:`hear` has it say."""
        model = type(self.env["payment.transaction"])
        said = patch.object(model, "_extract_amount_data", lambda tx, data: data["said"])
        self.startPatcher(said)
        self.startPatcher(
            patch.object(model, "_apply_updates", lambda tx, data: getattr(tx, data["act"])(**data["why"]))
        )

    def start(self, amount=25.0, wallet=None, asset=None, **values):
        """A payment as the form creates it."""
        wallet = wallet or self.ann_wallet
        carried = self.env["payment.transaction"]._tibillet_create_values(asset or self.bar_euro, wallet)
        type(self).keys += 1
        return self._create_transaction(
            "direct",
            reference=f"TOPUP-{self.keys}",
            amount=amount,
            partner_id=wallet.partner_id.id,
            **{**carried, **values},
        )

    def hear(self, tx, act="_set_done", amount=None, currency="EUR", **why):
        """The provider says what became of `tx`, as a webhook or a return page does."""
        said = {"amount": abs(tx.amount) if amount is None else amount, "currency_code": currency}
        return tx._process("none", {"said": said, "act": act, "why": why})

    def top_up_online(self, amount=25.0, **values):
        tx = self.start(amount, **values)
        self.hear(tx)
        return tx

    def held(self, wallet=None, asset=None):
        """What is on a wallet, in cents."""
        amounts = (wallet or self.ann_wallet)._amounts()
        return amounts.get((asset or self.bar_euro).id, (0, 0))[0]

    def entries(self, tx):
        """Lines of the payment's entry and of the booking, {account: balance} where not zero."""
        moves = (
            tx.payment_id.move_id | self.env["tibillet.booking"].search([("origin", "=", tx._tibillet_key)]).move_ids
        )
        totals = {}
        for line in moves.line_ids:
            totals[line.account_id] = totals.get(line.account_id, 0.0) + line.balance
        return {account: round(balance, 2) for account, balance in totals.items() if round(balance, 2)}

    def let_refund(self):
        """From here on the provider refunds in parts; `self.answer(refund)` is what it does when asked."""
        support = {"support_refund": "partial"}
        provider, transaction = type(self.env["payment.provider"]), type(self.env["payment.transaction"])
        self.startPatcher(
            patch.object(provider, "_compute_feature_support_fields", lambda records: records.update(support))
        )
        self.env.invalidate_all()
        self.startPatcher(patch.object(transaction, "_send_refund_request", lambda tx: self.answer(tx)))
