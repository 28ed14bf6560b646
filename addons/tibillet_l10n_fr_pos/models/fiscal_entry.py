from odoo import fields, models
from odoo.tools import file_open


class TibilletFiscalEntry(models.Model):
    _name = "tibillet.fiscal.entry"
    _description = "Order paid at a French till"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _rec_name = "order_id"
    _order = "id desc"

    order_id = fields.Many2one("pos.order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    digest = fields.Char(readonly=True, help="SHA-256 of the order, its lines and payments when it was paid.")

    def init(self):
        with file_open("tibillet_l10n_fr_pos/models/fiscal_entry.sql") as sql:
            self.env.cr.execute(sql.read())

    def _enter(self, order_ids):
        """Write down what these orders are, as they are paid; once each."""
        self.env.cr.execute(
            """INSERT INTO tibillet_fiscal_entry (order_id, company_id, digest)
               SELECT o.id, o.company_id, tibillet_fiscal_digest(o.id) FROM pos_order o
                WHERE o.id = ANY(%s) AND o.state IN ('paid', 'done') ORDER BY o.id
               ON CONFLICT (order_id) DO NOTHING""",
            [list(order_ids)],
        )
