from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date


class TibilletSettlementAct(models.AbstractModel):
    """What settles debts between venues: recorded once, booked at each of them; cancelled, both entries stay."""

    _name = "tibillet.settlement.act"
    _description = "Settlement of debts between venues"
    _order = "date desc, id desc"
    _rec_name = "reference"

    key = fields.Char(required=True, readonly=True, help="The same button twice records once.")
    date = fields.Date(required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    reference = fields.Char(required=True, readonly=True)
    cancelled_on = fields.Date("Cancelled", readonly=True, copy=False, help="The debt stands again from this day.")
    state = fields.Selection(
        [("recorded", "Recorded"), ("cancelled", "Cancelled")], "Status", compute="_compute_state", store=True
    )

    @api.depends("cancelled_on")
    def _compute_state(self):
        for act in self:
            act.state = "cancelled" if act.cancelled_on else "recorded"

    @api.model
    def _check_untold(self, date, companies):
        """UserError when a day of the past was told to `companies` already, in a statement of its month or a later one."""
        if date >= fields.Date.today():
            return
        since = [("month", ">=", date.replace(day=1)), ("company_id", "in", companies.ids)]
        told = self.env["tibillet.settlement.statement"].sudo().search(since, order="month desc", limit=1)
        if told:
            raise UserError(
                self.env._(
                    "The statement of %(month)s is drawn, and what was told does not change: take a later date.",
                    month=format_date(self.env, told.month, date_format="MMMM y"),
                )
            )

    def _book(self, company, debts, payments):
        """Book at `company` what this act changes there, on its first open day, and match the settlement account.

        :param debts: [(other venue, balance (float) on the settlement account)]
        :param payments: [(other venue, balance (float) on the bank's transit account)]
        :raise UserError: the venue has no transit account or no miscellaneous journal
        """
        company._tibillet_setup_books()
        account, transit = company.tibillet_settlement_account_id, company.transfer_account_id
        general = [("type", "=", "general"), ("company_id", "=", company.id)]
        journal = self.env["account.journal"].search(general, limit=1)
        if not transit or not journal:
            raise UserError(
                self.env._("%s has no transit account or no miscellaneous journal: set its books up.", company.name)
            )
        day = self.cancelled_on or self.date
        name = self.env._("%s, cancelled", self.reference) if self.cancelled_on else self.reference
        locks = company._get_violated_lock_dates(day, False, journal)
        items = [(account, *debt) for debt in debts] + [(transit, *payment) for payment in payments]
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "journal_id": journal.id,
                    "date": fields.Date.add(locks[-1][0], days=1) if locks else day,
                    "ref": name,
                    self._fields["move_ids"].inverse_name: self.id,
                    "line_ids": [
                        fields.Command.create(
                            {
                                "name": name,
                                "account_id": item.id,
                                "partner_id": other.partner_id.id,
                                "balance": balance,
                            }
                        )
                        for item, other, balance in items
                    ],
                }
            )
        )
        move._post(soft=False)
        others = self.env["res.company"].union(*(other for other, _balance in debts))
        for other in others:
            self._reconcile(company, other, account)
        pairs = self.env["tibillet.settlement.pair"]
        settled = pairs.search([("company_id", "=", company.id), ("other_id", "in", others.ids)])
        settled.invalidate_recordset()
        settled._watch()

    def _reconcile(self, company, other, account):
        """Match what was settled with the oldest lines, both directions."""
        if not account.reconcile:
            return
        self.env["account.move.line"].with_company(company).search(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", company.id),
                ("partner_id", "=", other.partner_id.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ]
        ).reconcile()

    def action_open_entries(self):
        """What was booked, at the venues whose books one reads."""
        return self.env["account.move"]._tibillet_open(Domain(self._fields["move_ids"].inverse_name, "in", self.ids))
