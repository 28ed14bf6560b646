import hashlib
import io
import tempfile
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, release
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS
from odoo.tools import file_open, format_date

from odoo.addons.tibillet_base import keyring

from ..archive_lines import ArchiveLines
from ..proof import archive

DAYS = 365
KEPT_YEARS = 6


class TibilletArchive(models.Model):
    """A period of a venue's tills as an inspector takes it home: a signed ZIP, kept for as long as the law asks."""

    _name = "tibillet.archive"
    _description = "Fiscal archive"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True, help="The last day, included.")
    kept_until = fields.Date(required=True, readonly=True, help="Six years: until then the archive cannot be deleted.")
    closings = fields.Integer(readonly=True)
    orders = fields.Integer(readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True, aggregator=None)
    sha256 = fields.Char("SHA-256", required=True, readonly=True)
    # Read by a download alone, which is written into the journal.
    content = fields.Binary(attachment=True, readonly=True, groups=NO_ACCESS)
    entry_ids = fields.One2many("tibillet.archive.entry", "archive_id", "Journal", readonly=True)
    create_uid = fields.Many2one("res.users", "Made by", readonly=True)
    create_date = fields.Datetime("Made on", readonly=True)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("An archive is not rewritten: make another one."))

    @api.ondelete(at_uninstall=True)
    def _unlink_after_six_years(self):
        kept = self.filtered(lambda kept: kept.kept_until >= fields.Date.today())
        if kept:
            until = format_date(self.env, kept[0].kept_until)
            raise UserError(self.env._("%(name)s is kept until %(until)s.", name=kept[0].name, until=until))
        if self.entry_ids:
            raise UserError(self.env._("The journal of archives speaks of this archive: it stays."))

    @api.model
    def _make(self, company, date_from, date_to):
        """Archive what closed on these days of the venue (dates, both included), sign it, store it (sudo), log it.

        :return: the archive (sudo)
        :raise UserError: a sentence; nothing is stored
        """
        self._check(company, date_from, date_to)
        company = company.sudo()
        since, until = self._bounds(company, date_from), self._bounds(company, date_to + timedelta(days=1))
        lines = ArchiveLines(company, since, until)
        with tempfile.TemporaryFile() as file:
            with archive.Writer(file) as writer:
                counts = {name: writer.add(name, part) for name, part in lines.files()}
                if not counts[archive.CLOSINGS]:
                    raise UserError(self.env._("No till closed on these days: there is nothing to archive."))
                with file_open("tibillet_pos_closing/data/archive_readme.txt") as readme:
                    writer.add("README.txt", readme.read().splitlines())
                said = self._said(company, date_from, date_to, lines)
                writer.seal(said, lambda text: self.env["tibillet.closing"]._signed(company, text))
            file.seek(0)
            content = file.read()
        made = self.sudo().create(
            {
                "name": f"{company.tibillet_place_id.name} {date_from} {date_to}.zip",
                "company_id": company.id,
                "date_from": date_from,
                "date_to": date_to,
                "kept_until": fields.Date.today() + relativedelta(years=KEPT_YEARS),
                "closings": counts[archive.CLOSINGS],
                "orders": counts[archive.ORDERS],
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        self.env["ir.attachment"].sudo().create(
            {
                "name": "content",
                "res_model": self._name,
                "res_field": "content",
                "res_id": made.id,
                "raw": content,
                "mimetype": "application/zip",
            }
        )
        self.env["tibillet.archive.entry"]._log(made, "made")
        return made

    def _check(self, company, date_from, date_to):
        if not company.tibillet_place_id:
            raise UserError(self.env._("%s is no place of TiBillet: it has no key to sign with.", company.name))
        if not keyring.is_original(self.env):
            raise UserError(self.env._("This database is a copy: it does not sign. Make the archive in the original."))
        if date_to < date_from:
            raise UserError(self.env._("The period ends before it begins."))
        if (date_to - date_from).days >= DAYS:
            raise UserError(self.env._("An archive holds at most 365 days: make one for each year."))
        if date_to > fields.Date.today():
            raise UserError(self.env._("The period is not over: end it today at the latest."))

    def _bounds(self, company, day):
        """When this day of the venue begins, in UTC."""
        closings = self.env["tibillet.closing"]
        return closings._in_utc(company, datetime.combine(day, time()))

    def _said(self, company, date_from, date_to, lines):
        """What the manifest says beside the hashes of its files."""
        return {
            "company": company.name,
            "registry": company.company_registry or "",
            "vat": company.vat or "",
            "currency": company.currency_id.name,
            "place": company.tibillet_place_id.uuid,
            "from": str(date_from),
            "to": str(date_to),
            "made": fields.Datetime.to_string(fields.Datetime.now()),
            "by": self.env.user.name,
            "software": f"TiBillet on Odoo {release.version}",
            "heads": lines.heads(),
            "chain": lines.chain_head(),
        }

    # --- what may be done with it -------------------------------------------------------------------------------------

    def _exported(self):
        """The ZIP (bytes), and a line in the journal that says who took it."""
        self.ensure_one()
        self.check_access("read")
        self.env["tibillet.archive.entry"]._log(self, "exported")
        return self._zip()

    def _zip(self):
        attachment = self.env["ir.attachment"].sudo()
        return attachment.search(
            [("res_model", "=", self._name), ("res_field", "=", "content"), ("res_id", "=", self.id)]
        ).raw

    def action_download(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/tibillet/archive/{self.id}", "target": "download"}

    def action_verify(self):
        """Verify the archive as it lies here, write the answer into the journal and tell it."""
        self.ensure_one()
        self.check_access("read")
        content = self._zip() or b""
        report = archive.verify(io.BytesIO(content))
        said = report.first_break
        if hashlib.sha256(content).hexdigest() != self.sha256:
            said = said or self.env._("it is not the file that was made")
        self.env["tibillet.archive.entry"]._log(self, "verified", said or "")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if said else "success",
                "sticky": bool(said),
                "message": self.env._("The archive is broken: %s", said)
                if said
                else self.env._("The archive holds: files, signature and chains were checked."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
