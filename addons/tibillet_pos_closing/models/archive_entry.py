from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

from ..append_only import protect
from ..proof import chain

_LAST = "SELECT number, hash FROM tibillet_archive_entry WHERE company_id = %s ORDER BY number DESC LIMIT 1"


class TibilletArchiveEntry(models.Model):
    """What was done with an archive and by whom: numbered, chained and signed as closings are, for good."""

    _name = "tibillet.archive.entry"
    _description = "Journal of fiscal archives"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Integer("No.", required=True, readonly=True, aggregator=None)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    archive_id = fields.Many2one("tibillet.archive", required=True, readonly=True, ondelete="restrict", index=True)
    kind = fields.Selection(
        [("made", "Made"), ("verified", "Verified"), ("exported", "Downloaded")], "Act", required=True, readonly=True
    )
    result = fields.Char("Broken at", readonly=True, help="Empty when all held.")
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    create_date = fields.Datetime("Date", readonly=True)
    payload = fields.Text("Signed text", required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    previous_hash = fields.Char("Hash of the one before", required=True, readonly=True)
    signature = fields.Char(readonly=True)
    public_key = fields.Char(readonly=True)

    _number_once = models.UniqueIndex("(company_id, number)", "This entry is numbered already.")

    def init(self):
        protect(self.env.cr, self._table)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The journal of archives is not rewritten."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("The journal of archives is not deleted."))

    @api.model
    def _log(self, archive, kind, result=""):
        """Write an entry (sudo) after the last of the company."""
        company = archive.sudo().company_id
        number, previous = self._head(company)
        text = chain.payload(
            {
                "company": company.id,
                "level": "journal",
                "number": number + 1,
                "previous": previous,
                "kind": kind,
                "result": result,
                "archive": archive.name,
                "sha256": archive.sha256,
                "user": self.env.uid,
                "date": fields.Datetime.to_string(fields.Datetime.now()),
            }
        )
        return self.sudo().create(
            {
                "number": number + 1,
                "company_id": company.id,
                "archive_id": archive.id,
                "kind": kind,
                "result": result,
                "user_id": self.env.uid,
                "payload": text,
                "hash": chain.digest(text),
                "previous_hash": previous,
                **self.env["tibillet.closing"]._signed(company, text),
            }
        )

    def _head(self, company):
        """(number, hash) of the last entry; the next waits until this commits, then sees it by a cursor of its own."""
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext('tibillet_archive_entry'), %s)", [company.id])
        heads = [(0, chain.GENESIS)]
        with ledger.own_cursor(self.env) as fresh:
            for cr in (self.env.cr, fresh):
                cr.execute(_LAST, [company.id])
                heads += cr.fetchall()
        return max(heads)
