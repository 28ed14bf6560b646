from odoo import api, fields, models

from .. import ledger


class TibilletLedgerAnchor(models.Model):
    _name = "tibillet.ledger.anchor"
    _description = "Ledger Anchor"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _rec_name = "label"
    _order = "id desc"

    label = fields.Char(string="Closed by", readonly=True)
    created_at = fields.Datetime(string="Date", readonly=True)
    heads = fields.Integer(string="Balances changed", readonly=True)
    root_hex = fields.Char(string="Root", compute="_compute_root_hex")

    @api.depends("heads")
    def _compute_root_hex(self):
        self.env.cr.execute(
            "SELECT id, encode(root, 'hex') FROM tibillet_ledger_anchor WHERE id = ANY(%s)", [self.ids]
        )
        roots = dict(self.env.cr.fetchall())
        for anchor in self:
            anchor.root_hex = roots.get(anchor.id)

    @api.model
    def _make(self, label):
        """Anchor the heads that changed since the last root.

        :return: the record, empty when nothing changed; its ``root_hex`` is made to leave the database
        """
        self.env.flush_all()
        made = ledger.anchor(self.env.cr, label)
        return self.browse(made.id if made else ())
