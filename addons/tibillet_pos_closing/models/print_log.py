from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.tibillet_base import ledger

from ..append_only import protect


class TibilletPrint(models.Model):
    """What was printed, when and by whom: a sale's receipt, a bill, a closing; the first is the original. For good."""

    _name = "tibillet.print"
    _description = "Print of a receipt, a bill or a closing"
    _order = "id desc"
    _rec_name = "kind"

    create_date = fields.Datetime("Date", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    session_id = fields.Many2one("pos.session", readonly=True, ondelete="restrict", index="btree_not_null")
    order_id = fields.Many2one("pos.order", readonly=True, ondelete="restrict", index="btree_not_null")
    closing_id = fields.Many2one("tibillet.closing", readonly=True, ondelete="restrict", index="btree_not_null")
    kind = fields.Selection(
        [("sale", "Receipt"), ("bill", "Bill"), ("closing", "Closing")], "Printed", required=True, readonly=True
    )
    copy_number = fields.Integer("Duplicate no.", readonly=True, aggregator=None, help="0: the original.")
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")

    def init(self):
        protect(self.env.cr, self._table)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What was printed is not rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was printed stays in the log."))

    @api.model
    def _log(self, record, kind):
        """Write down (sudo) that an order or a closing is printed; return its number of duplicate, 0 for the original."""
        record = record.sudo()
        name = "closing_id" if kind == "closing" else "order_id"
        number = self._printed(name, record.id, kind)
        self.sudo().create(
            {
                "company_id": record.company_id.id,
                "session_id": record.session_id.id,
                name: record.id,
                "kind": kind,
                "copy_number": number,
                "user_id": self.env.uid,
            }
        )
        return number

    def _printed(self, name, id_, kind):
        """How often it was printed; who prints it at the same moment waits, then counts by a cursor of its own."""
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"tibillet_print {kind}", id_])
        count = SQL("SELECT count(*) FROM tibillet_print WHERE %s = %s AND kind = %s", SQL.identifier(name), id_, kind)
        counts = []
        with ledger.own_cursor(self.env) as fresh:
            for cr in (self.env.cr, fresh):
                cr.execute(count)
                counts += cr.fetchone()
        return max(counts)
