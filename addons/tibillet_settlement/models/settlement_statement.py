from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class TibilletSettlementStatement(models.Model):
    """What one venue and another owe each other for a month, seen from one of the two.

    Drawn from the ledger, which is append only: made twice, it is the same. Months are counted in UTC, so that both
    sides count the same operations.
    """

    _name = "tibillet.settlement.statement"
    _description = "Settlement statement"
    _inherit = ["mail.thread"]
    _order = "month desc, company_id, other_id"

    company_id = fields.Many2one("res.company", "Venue", required=True, readonly=True, ondelete="restrict", index=True)
    other_id = fields.Many2one("res.company", "Other venue", required=True, readonly=True, ondelete="restrict")
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    opening = fields.Monetary("Owed before", readonly=True)
    operated = fields.Monetary("Operations", readonly=True)
    transferred = fields.Monetary("Transfers", readonly=True, help="Paid by us − received.")
    closing = fields.Monetary("Owed to us", readonly=True, help="At the end of the month. Below zero: we owe it.")
    line_ids = fields.One2many("tibillet.settlement.statement.line", "statement_id", readonly=True)
    waiting = fields.Monetary("Not in our books yet", compute="_compute_check")
    mirrored = fields.Boolean("Both sides agree", compute="_compute_check")
    state = fields.Selection(
        [("waiting", "Books waiting"), ("checked", "Checked"), ("different", "Different")],
        "Check",
        compute="_compute_check",
        help="Against the journal items of the settlement account, and against the other venue's statement.",
    )
    sent_on = fields.Datetime("Sent", readonly=True, copy=False)

    _once = models.UniqueIndex("(company_id, other_id, month)", "This month has its statement already.")
    _first_day = models.Constraint("CHECK (extract(day FROM month) = 1)", "A statement is of a whole month.")

    @api.depends("month", "other_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = f"{statement.month:%Y-%m} {statement.sudo().other_id.name}"

    @api.depends("closing")
    def _compute_check(self):
        pairs = self.env["tibillet.settlement.pair"].sudo()
        for statement in self:
            company, other = statement.company_id, statement.other_id
            within = statement._moves_domain() & Domain("waiting", "=", True)
            moves = self.env["tibillet.settlement.move"].sudo()
            statement.waiting = moves._read_group(within, [], ["amount:sum"])[0][0] or 0
            mirror = self.sudo().search(
                [("company_id", "=", other.id), ("other_id", "=", company.id), ("month", "=", statement.month)]
            )
            statement.mirrored = not statement.currency_id.compare_amounts(mirror.closing, -statement.closing)
            pair = pairs.search([("company_id", "=", company.id), ("other_id", "=", other.id)])
            if pair.difference or not statement.mirrored:
                statement.state = "different"
            else:
                statement.state = "waiting" if statement.waiting else "checked"

    def _moves_domain(self):
        """The operations of this side and month."""
        self.ensure_one()
        start = datetime.combine(self.month, time.min)
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("other_id", "=", self.other_id.id)
            & Domain("date", ">=", start)
            & Domain("date", "<", start + relativedelta(months=1))
        )

    @api.model
    def _make(self, month):
        """Draw both statements of each two venues with an account, for the month of the date `month`; once each.

        :return: the statements made by this call
        :raise UserError: the month is not over
        """
        month = month.replace(day=1)
        if month + relativedelta(months=1) > fields.Date.today():
            raise UserError(self.env._("The month is not over: its statement can be drawn from the first of the next."))
        pairs = self.env["tibillet.settlement.pair"].sudo()
        pairs._open_missing()
        made = self.sudo().browse()
        for pair in pairs.search([]):
            rows = self.env.execute_query(
                SQL(
                    """INSERT INTO tibillet_settlement_statement (company_id, other_id, month, create_date, write_date)
                       VALUES (%s, %s, %s, now(), now())
                       ON CONFLICT (company_id, other_id, month) DO NOTHING RETURNING id""",
                    pair.company_id.id,
                    pair.other_id.id,
                    month,
                )
            )
            if rows:
                made |= self.sudo().browse(rows[0])
        made._draw()
        return made

    def _draw(self):
        moves, transfers = self.env["tibillet.settlement.move"].sudo(), self.env["tibillet.settlement.transfer"].sudo()
        for statement in self:
            company, other, start = statement.company_id, statement.other_id, statement.month
            end = start + relativedelta(months=1)
            before = (
                Domain("company_id", "=", company.id)
                & Domain("other_id", "=", other.id)
                & Domain("date", "<", datetime.combine(start, time.min))
            )
            groups = moves._read_group(
                statement._moves_domain(), ["asset_id", "side", "kind"], ["amount:sum", "__count"]
            )
            opening = moves._read_group(before, [], ["amount:sum"])[0][0] or 0
            opening += transfers._moved(company, other, until=start)
            operated = sum(amount for *_group, amount, _count in groups)
            transferred = transfers._moved(company, other, start, end)
            statement.write(
                {
                    "opening": opening,
                    "operated": operated,
                    "transferred": transferred,
                    "closing": opening + operated + transferred,
                    "line_ids": [
                        fields.Command.create(
                            {"asset_id": asset.id, "side": side, "kind": kind, "amount": amount, "count": count}
                        )
                        for asset, side, kind, amount, count in groups
                    ],
                }
            )

    @api.model
    def _cron_make(self):
        """Last month's statements, each sent to its venue."""
        last = fields.Date.today() - relativedelta(months=1)
        self._make(last)
        self.search([("month", "=", last.replace(day=1)), ("sent_on", "=", False)])._send()

    def _send(self):
        """Mail each statement to its venue, once."""
        template = self.env.ref("tibillet_settlement.mail_template_statement")
        for statement in self.filtered(lambda statement: not statement.sent_on and statement.company_id.email):
            template.send_mail(statement.id)
            statement.sent_on = fields.Datetime.now()

    @api.model
    def action_make_last_month(self):
        """The accountant does not wait for the job of the night."""
        if not self.env.user.has_group("tibillet_base.group_accountant"):
            raise AccessError(self.env._("Only an accountant draws statements."))
        self.sudo()._make(fields.Date.today() - relativedelta(months=1))
        return self.env["ir.actions.act_window"]._for_xml_id("tibillet_settlement.settlement_statement_action")

    def action_open_moves(self):
        """The operations behind the figures."""
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_settlement.settlement_move_action")
        return {**action, "domain": list(self._moves_domain())}
