import logging

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from odoo.addons.tibillet_base import ledger

_logger = logging.getLogger(__name__)
# Whose wallet a payment fills, and what says that it is paid: the provider's word, never a person's.
OURS = {"tibillet_asset_id", "tibillet_wallet_id", "tibillet_state", "tibillet_refund_key"}
PAID = {"state", "amount", "currency_id", "partner_id", "provider_id", "operation", "is_post_processed", "payment_id"}


class PaymentTransaction(models.Model):
    """A payment that fills a wallet: credited once, by the request that learns that it is paid.

    The key of the ledger is the transaction's own: return page, webhook, replay and cron credit one time together.
    """

    _inherit = "payment.transaction"

    tibillet_asset_id = fields.Many2one("tibillet.asset", "Currency of the wallet", readonly=True, ondelete="restrict")
    tibillet_wallet_id = fields.Many2one(
        "tibillet.wallet", "Wallet", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    tibillet_state = fields.Selection(
        [
            ("credited", "On the wallet"),
            ("returning", "To give back"),
            ("returned", "Given back"),
            ("by_hand", "To settle by hand"),
        ],
        "What became of it",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    _tibillet_whole = models.Constraint(
        "CHECK ((tibillet_asset_id IS NULL) = (tibillet_wallet_id IS NULL))",
        "A top-up names its currency and its wallet.",
    )

    @api.constrains("tibillet_asset_id", "provider_id", "currency_id")
    def _check_tibillet_issuer(self):
        for tx in self.filtered("tibillet_asset_id"):
            asset = tx.tibillet_asset_id.sudo()
            if tx.provider_id.company_id != asset.company_id or tx.currency_id != asset.currency_id:
                raise ValidationError(self.env._("%s is paid to its issuer only, in its own currency.", asset.name))

    @api.model_create_multi
    def create(self, vals_list):
        self._tibillet_check_hands({name for vals in vals_list for name in vals if name in OURS})
        return super().create(vals_list)

    def write(self, vals):
        fills = any(tx.tibillet_asset_id for tx in self.sudo())
        self._tibillet_check_hands(vals.keys() & (OURS | PAID if fills else OURS))
        return super().write(vals)

    def _tibillet_check_hands(self, names):
        """AccessError: stock lets whoever invoices write a payment, and a payment that is "done" fills a wallet."""
        if names and not self.env.su:
            raise AccessError(self.env._("What fills a wallet is written by its payment provider alone."))

    @property
    def _tibillet_key(self):
        return f"payment.tx:{self.id}"

    def _process(self, provider_code, payment_data):
        """Stock leaves the rest to the payer's page or a cron: whoever pays and closes the tab waits up to ten minutes."""
        tx = self or self._search_by_reference(provider_code, payment_data)
        tx.filtered("tibillet_asset_id")._tibillet_one_at_a_time()
        tx = super(PaymentTransaction, tx)._process(provider_code, payment_data)
        if tx.tibillet_asset_id and tx.state == "done" and not tx.is_post_processed:
            tx._tibillet_post_process_now()
        return tx

    def _tibillet_one_at_a_time(self):
        """Webhook and return page together: the second fails here, is run again by Odoo, and finds what the first has done."""
        self.env.cr.execute(
            SQL("SELECT id FROM payment_transaction WHERE id = ANY(%s) FOR UPDATE", self.ids), log_exceptions=False
        )

    def _tibillet_post_process_now(self):
        """In this request; what fails leaves the payment noted as paid, and Odoo's cron tries again at once."""
        try:
            with self.env.cr.savepoint():
                self._post_process()
        except OperationalError:
            raise  # another connection credits it: Odoo runs this request again
        except Exception:
            _logger.exception("Top-up %s is paid and not credited yet", self.reference)
            self.env.ref("payment.cron_post_process_payment_tx").sudo()._trigger()

    def _post_process(self):
        processed = super()._post_process()
        for tx in self.filtered(lambda tx: tx.tibillet_asset_id and tx.state == "done"):
            if tx.operation != "refund" and not tx.tibillet_state:
                tx._tibillet_of_venue()._tibillet_credit()
        return processed

    def _tibillet_of_venue(self):
        """This payment as the venue's own books see it: a webhook is nobody, and a holder works for no company."""
        return self.with_user(SUPERUSER_ID).with_company(self.company_id)

    def _tibillet_credit(self):
        """Put what was paid on the wallet, in ledger and books; what may not go there goes back to the payer."""
        self.ensure_one()
        asset, wallet = self.tibillet_asset_id, self._tibillet_holder()
        amount, place = asset._minor(self.amount), asset.place_id
        lines = (ledger.Line(wallet.id, asset.id, amount), ledger.Line(place.wallet_id.id, asset.id, -amount))
        entry = ledger.Entry(self._tibillet_key, "top_up", place.id, lines)
        try:
            if not wallet:
                raise ledger.Refused("the holder is gone")
            with self.env.cr.savepoint():
                [receipt] = self.env["tibillet.ledger.transaction"]._post([entry])
        except (ledger.CeilingPassed, ledger.Refused):
            self._tibillet_give_back()
            return
        if not receipt.replayed:
            self._tibillet_book(self._tibillet_key)
        self.tibillet_state = "credited"

    def _tibillet_holder(self):
        """The wallet to credit: its holder may have been merged into somebody since, or erased (empty)."""
        wallet = self.tibillet_wallet_id
        return wallet if wallet.partner_id else self.partner_id.tibillet_wallet_ids[:1]

    def _tibillet_book(self, key):
        """Dr or Cr 4191 against what the payment's own entry left on the holder's account, which is settled by it."""
        payment = self.payment_id
        booking = self.env["tibillet.booking"]._of_closing(self.company_id, key, self.reference)
        booking._post_operations([key], payment.destination_account_id, payment.partner_id)
        self._tibillet_reconcile(payment.move_id | booking.move_ids)

    def _tibillet_reconcile(self, moves):
        account = self.payment_id.destination_account_id
        lines = moves.line_ids.filtered(lambda line: line.account_id == account and not line.reconciled)
        lines.with_company(self.company_id).reconcile()

    @api.model
    def _tibillet_create_values(self, asset, wallet):
        """What a payment carries to fill `wallet` with `asset`."""
        return {"tibillet_asset_id": asset.id, "tibillet_wallet_id": wallet.id}
