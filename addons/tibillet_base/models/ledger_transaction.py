from odoo import api, fields, models

from .. import ledger


class TibilletLedgerTransaction(models.Model):
    """Shows what the engine wrote; the tables belong to ``ledger/schema.sql``."""

    _name = "tibillet.ledger.transaction"
    _description = "Ledger Transaction"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _rec_name = "key"
    _order = "id desc"

    key = fields.Char(readonly=True)
    kind = fields.Selection("_kinds", readonly=True)
    place_id = fields.Many2one("tibillet.place", string="Place of the act", readonly=True)
    created_at = fields.Datetime(string="Date", readonly=True)
    reverses_id = fields.Many2one("tibillet.ledger.transaction", string="Reversal of", readonly=True)
    hold_id = fields.Many2one("tibillet.ledger.hold", string="Hold", readonly=True)
    posting_ids = fields.One2many("tibillet.ledger.posting", "transaction_id", string="Postings", readonly=True)
    reason_ids = fields.One2many("tibillet.ledger.reason", "transaction_id", string="Reason", readonly=True)

    @api.model
    def _kinds(self):
        return self.env["tibillet.ledger.posting"]._kinds()

    def init(self):
        self.pool.post_init(ledger.install, self.env.cr)

    @api.model
    def _post(self, requests):
        """Post :class:`ledger.Entry` and :class:`ledger.Capture` in this transaction; see :func:`ledger.post_many`."""
        self.env.flush_all()
        receipts = ledger.post_many(self.env.cr, requests)
        self._forget_cache()
        return receipts

    @api.model
    def _reverse(self, key, transaction_key, place, reason=None):
        """Undo a transaction by its opposite, once; see :func:`ledger.reverse`."""
        self.env.flush_all()
        receipt = ledger.reverse(self.env.cr, key, transaction_key, place.id, reason)
        self._forget_cache()
        return receipt

    @api.model
    def _forget_cache(self):
        """What the engine wrote is not in the ORM's cache."""
        for name in ("balance", "posting", "transaction", "hold"):
            self.env[f"tibillet.ledger.{name}"].invalidate_model(flush=False)
