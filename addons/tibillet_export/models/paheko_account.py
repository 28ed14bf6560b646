import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CODE = re.compile(r"[0-9][0-9A-Z]{1,11}")


class TibilletPahekoAccount(models.Model):
    """Which account of the association's chart, in Paheko, an account of the books goes to."""

    _name = "tibillet.paheko.account"
    _description = "Account in Paheko"
    _order = "code, id"
    _rec_name = "code"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )
    account_id = fields.Many2one(
        "account.account",
        "Account here",
        required=True,
        ondelete="cascade",
        domain="[('company_ids', 'parent_of', company_id)]",
    )
    code = fields.Char("Account in Paheko", required=True, help="Number in Paheko's chart, such as 512A or 706.")

    _once = models.UniqueIndex("(company_id, account_id)", "This account goes to one account of Paheko only.")

    @api.constrains("code")
    def _check_code(self):
        for account in self:
            if not CODE.fullmatch(account.code):
                raise ValidationError(
                    self.env._(
                        "%(code)s is no account number of Paheko: digits first, then digits or capital letters.",
                        code=account.code,
                    )
                )

    @api.constrains("account_id", "company_id")
    def _check_account_company(self):
        for mapped in self:
            if not mapped.account_id.sudo().company_ids & mapped.company_id.sudo().parent_ids:
                raise ValidationError(
                    self.env._("%(company)s does not use this account.", company=mapped.company_id.name)
                )

    def action_propose(self):
        """Give each account with entries the number it has here without the zeros at its end; what is set stays."""
        self.check_access("create")
        company = self.env.company
        used = self.env["account.move.line"]._read_group(
            [("company_id", "=", company.id), ("parent_state", "=", "posted")], ["account_id"]
        )
        done = self.search([("company_id", "=", company.id)]).account_id
        self.create(
            [
                {"company_id": company.id, "account_id": account.id, "code": self._proposed(account)}
                for (account,) in used
                if account not in done
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id("tibillet_export.paheko_account_action")

    def _proposed(self, account):
        """419101 stays, 512000 is 512; a class of the chart has three digits at least."""
        code = account.with_company(self.env.company).code
        return code.rstrip("0").ljust(3, "0")
