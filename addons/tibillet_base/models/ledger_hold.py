from odoo import api, fields, models

from .. import ledger


class TibilletLedgerHold(models.Model):
    _name = "tibillet.ledger.hold"
    _description = "Hold"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _rec_name = "key"
    _order = "id desc"

    key = fields.Char(readonly=True)
    wallet_id = fields.Many2one("tibillet.wallet", readonly=True)
    place_id = fields.Many2one("tibillet.place", string="Place", readonly=True)
    owner = fields.Char(readonly=True, help="The till session, or other act, that releases the hold at the latest.")
    amount = fields.Integer(string="Minor units", readonly=True)
    state = fields.Selection([("held", "Held"), ("captured", "Captured"), ("released", "Released")], readonly=True)
    created_at = fields.Datetime(string="Since", readonly=True)
    closed_at = fields.Datetime(string="Closed", readonly=True)
    transaction_ids = fields.One2many("tibillet.ledger.transaction", "hold_id", string="Capture", readonly=True)

    @api.model
    def _release_owner(self, owner, keep=()):
        """Release every open hold of an owner but those kept, and return the released keys."""
        keys = ledger.release_owner(self.env.cr, owner, keep)
        self.env["tibillet.ledger.transaction"]._forget_cache()
        return keys
