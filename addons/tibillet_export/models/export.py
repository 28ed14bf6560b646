import hashlib

from odoo import api, fields, models


class TibilletExport(models.Model):
    """Who took which rows out of the books, and the file's fingerprint; the file itself is not kept."""

    _name = "tibillet.export"
    _description = "Export"
    _order = "id desc"

    name = fields.Char("File", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    kind = fields.Selection("_kinds", "Content", required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    rows = fields.Integer(readonly=True)
    size = fields.Integer("Bytes", readonly=True, aggregator=None)
    sha256 = fields.Char("SHA-256", required=True, readonly=True, help="What `sha256sum` says of the file.")
    create_uid = fields.Many2one("res.users", "By", readonly=True)
    create_date = fields.Datetime("Made on", readonly=True)

    @api.model
    def _kinds(self):
        labels = {
            "sales": self.env._("Sales"),
            "payments": self.env._("Payments"),
            "wallet_movements": self.env._("Wallet movements"),
            "paheko": self.env._("Entries for Paheko"),
        }
        return list(labels.items())

    @api.model
    def _log(self, table, name, content, rows):
        """Keep a line (sudo) of a file that was made of a table (:class:`tables.Table`)."""
        return self.sudo().create(
            {
                "name": name,
                "company_id": table.company.id,
                "kind": table.kind,
                "date_from": table.date_from,
                "date_to": table.date_to,
                "rows": rows,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
