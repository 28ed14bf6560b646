from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, groupby

from odoo.addons.tibillet_base import ledger

# What a person may still change before it is done.
OPEN = frozenset(("account_id", "line_ids", "reason"))


class TibilletDormantDecision(models.Model):
    """What an accountant does with balances that nobody uses: pays them back, or takes them as income.

    Shown first, then done once. What changed meanwhile is left alone, and says why.
    """

    _name = "tibillet.dormant.decision"
    _description = "Decision on dormant balances"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    way = fields.Selection([("pay_back", "Pay back"), ("write_off", "Write off")], required=True, readonly=True)
    company_id = fields.Many2one("res.company", "Venue", required=True, readonly=True, ondelete="restrict", index=True)
    reason = fields.Char(help="Holders read it on their statement.")
    account_id = fields.Many2one(
        "account.account",
        "Paid through",
        check_company=True,
        help="What gives the money: the bank's transit account, the cash.",
    )
    line_ids = fields.One2many("tibillet.dormant.decision.line", "decision_id", "Balances")
    state = fields.Selection([("draft", "To look at"), ("done", "Done")], required=True, default="draft", readonly=True)
    decided_on = fields.Datetime("Done on", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Done by", readonly=True, ondelete="restrict")
    total_text = fields.Char("Total", compute="_compute_totals")
    line_count = fields.Integer("Number of balances", compute="_compute_totals")
    left_count = fields.Integer("Left alone", compute="_compute_totals")

    @api.depends("way")
    @api.depends_context("lang")
    def _compute_name(self):
        ways = dict(self._fields["way"]._description_selection(self.env))
        for decision in self:
            decision.name = f"{ways.get(decision.way)} {decision._origin.id or ''}".strip()

    @api.depends("name")
    def _compute_display_name(self):
        for decision in self:
            decision.display_name = decision.name

    @api.depends("line_ids.amount", "line_ids.obstacle", "line_ids.state")
    @api.depends_context("lang")
    def _compute_totals(self):
        for decision in self:
            taken = decision.line_ids.filtered(lambda line: not line.obstacle)
            decision.left_count = len(decision.line_ids - taken)
            decision.line_count = len(taken)
            totals = groupby(taken, lambda line: line.asset_id)
            decision.total_text = ", ".join(asset.format(sum(line.amount for line in lines)) for asset, lines in totals)

    @api.model
    def _prepare(self, balances, way):
        """A decision (tibillet.dormant.balance → tibillet.dormant.decision) on what is free in `balances` now."""
        company = balances.company_id
        if len(company) != 1:
            raise UserError(self.env._("Choose the balances of one venue at a time."))
        if way == "write_off":
            balances.asset_id._check_dormant_income()
        decision = self.sudo().create(
            {
                "way": way,
                "company_id": company.id,
                "account_id": company.transfer_account_id.id if way == "pay_back" else False,
                "reason": self.env._("Paid back: not used for long") if way == "pay_back" else False,
                "line_ids": [fields.Command.create(line) for line in self._lines_of(balances)],
            }
        )
        decision.line_ids._look_online()
        return decision.sudo(self.env.su)

    def _lines_of(self, balances):
        for balance in balances:
            yield {"balance_id": balance.balance_id.id, "amount": balance.amount - balance.held}

    def write(self, vals):
        if not self.env.su and not (vals.keys() <= OPEN and all(decision.state == "draft" for decision in self)):
            raise UserError(self.env._("What was decided stays as it is: choose the balances again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_prepared(self):
        if any(decision.state == "done" for decision in self):
            raise UserError(self.env._("What was decided stays as it is: choose the balances again."))

    def action_confirm(self):
        """Do what the form shows, once. AccessError unless by an accountant of the venue."""
        self.ensure_one()
        self.check_access("write")
        self.env.flush_all()
        # A second click waits here, is run again by Odoo, and finds it done.
        self.env.cr.execute(
            SQL("SELECT FROM tibillet_dormant_decision WHERE id = %s FOR UPDATE", self.id), log_exceptions=False
        )
        self.invalidate_recordset()
        if self.state == "done":
            return
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why: holders read it on their statement."))
        lines = self.line_ids._settle_obstacles()
        getattr(self, f"_{self.way}")(lines)
        self.sudo().write({"state": "done", "decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid})

    def _pay_back(self, lines):
        """To the online payments it came from, the rest by transfer: Dr 4191, Cr the bank's transit for each holder."""
        if not self.account_id:
            raise UserError(self.env._("Choose the account that gives the money."))
        lines._look_online()
        for line in lines.filtered("online"):
            line._ask_back_online()
        transfers = lines.filtered(lambda line: line.amount > line.online)
        if transfers:
            booking = self._take("cash_out", {line: line.amount - line.online for line in transfers})
            booking._post_pay_backs(transfers, self.account_id)
        for line in lines.sudo():
            line.write({"state": "done", "transfer": line._transferred()})

    def _write_off(self, lines):
        """Each balance a void of the ledger, one entry for all: Dr 4191, Cr income."""
        if not lines:
            return
        lines.asset_id._check_dormant_income()
        booking = self._take("void", {line: line.amount for line in lines})
        booking._post_operations([line._key() for line in lines], self.company_id._tibillet_breakage_account())
        lines.sudo().state = "done"

    def _take(self, kind, amounts):
        """Take `amounts` ({line: minor units}) off the wallets; the booking that is to say so in the books."""
        entries = [line._entry(kind, amount) for line, amount in amounts.items()]
        try:
            with self.env.cr.savepoint():
                self.env["tibillet.ledger.transaction"]._post(entries)
        except ledger.LedgerError as error:
            raise UserError(self.env._("The ledger refused: %s. Nothing was changed.", error)) from error
        return self.env["tibillet.booking"]._of_closing(self.company_id, self._key(), self.reason)

    def _key(self):
        return f"dormant:{self.id}"

    def action_open_entries(self):
        """What it put in the books."""
        self.ensure_one()
        self.check_access("read")
        return self.env["tibillet.booking"].search([("origin", "=", self._key())]).action_open_entries()
