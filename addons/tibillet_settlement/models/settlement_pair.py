from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class TibilletSettlementPair(models.Model):
    """What another venue owes this one, now: from the ledger, checked against the settlement account."""

    _name = "tibillet.settlement.pair"
    _description = "Account with another venue"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "company_id, other_id"
    _rec_name = "other_id"

    company_id = fields.Many2one("res.company", "Venue", required=True, readonly=True, ondelete="restrict", index=True)
    other_id = fields.Many2one("res.company", "Other venue", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    lock = fields.Integer(readonly=True, default=0, help="Raised by each transfer, so that two never pass at once.")
    operated = fields.Monetary("Owed by operations", compute="_compute_figures")
    transferred = fields.Monetary("Transfers", compute="_compute_figures", help="Paid by us − received.")
    balance = fields.Monetary("Owed to us", compute="_compute_figures", help="Below zero: we owe it.")
    open_amount = fields.Monetary("Open", compute="_compute_figures", help="What is owed, whoever owes it.")
    waiting = fields.Monetary("Not in our books yet", compute="_compute_figures")
    booked = fields.Monetary("In our books", compute="_compute_figures", help="Settlement account, this venue's lines.")
    difference = fields.Monetary(compute="_compute_figures", help="Books − (owed − not booked yet): zero.")

    _once = models.UniqueIndex("(company_id, other_id)", "These two venues have their account already.")
    _two_venues = models.Constraint("CHECK (company_id <> other_id)", "A venue owes itself nothing.")

    def _compute_figures(self):
        # Postings and journal items are written by SQL and by other models: read what is stored, not the cache.
        self.env.flush_all()
        moves, transfers = self.env["tibillet.settlement.move"].sudo(), self.env["tibillet.settlement.transfer"].sudo()
        for pair in self:
            company, other, currency = pair.company_id.sudo(), pair.other_id.sudo(), pair.currency_id
            sides = Domain("company_id", "=", company.id) & Domain("other_id", "=", other.id)
            pair.operated = currency.round(moves._read_group(sides, [], ["amount:sum"])[0][0] or 0)
            waiting = sides & Domain("waiting", "=", True)
            pair.waiting = currency.round(moves._read_group(waiting, [], ["amount:sum"])[0][0] or 0)
            pair.transferred = currency.round(transfers._moved(company, other))
            items = self.env["account.move.line"].sudo()
            on_account = (
                Domain("account_id", "=", company.tibillet_settlement_account_id.id)
                & Domain("company_id", "=", company.id)
                & Domain("partner_id", "=", other.partner_id.id)
                & Domain("parent_state", "=", "posted")
            )
            pair.booked = currency.round(items._read_group(on_account, [], ["balance:sum"])[0][0] or 0)
            pair.balance = currency.round(pair.operated + pair.transferred)
            pair.open_amount = abs(pair.balance)
            pair.difference = currency.round(pair.booked - pair.balance + pair.waiting)

    def write(self, vals):
        """A person sets the cap and what it does, nothing else."""
        if not self.env.su and not vals.keys() <= {"cap", "at_cap", "activity_ids", "message_follower_ids"}:
            raise AccessError(self.env._("Only the cap is yours to set: the rest is counted."))
        return super().write(vals)

    @api.model
    def _open_missing(self):
        """Open both accounts of each two venues that have operations together; run again, only what lacks."""
        self.env.flush_all()
        sides = self.env["tibillet.settlement.move"].sudo()._read_group([], ["company_id", "other_id"])
        for company, other in sides:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO tibillet_settlement_pair
                           (company_id, other_id, cap, at_cap, lock, create_date, write_date)
                       VALUES (%s, %s, 0, 'tell', 0, now(), now()) ON CONFLICT (company_id, other_id) DO NOTHING""",
                    company.id,
                    other.id,
                )
            )
        self.invalidate_model()

    @api.model
    def _take(self, company, other):
        """The account of `company` with `other` (sudo), locked: a transfer that waited here is tried again by Odoo.

        :raise UserError: the two have nothing together
        """
        self._open_missing()
        both = (company | other).ids
        pairs = self.sudo().search([("company_id", "in", both), ("other_id", "in", both)])
        if not pairs:
            raise UserError(self.env._("%(one)s and %(two)s owe each other nothing.", one=company.name, two=other.name))
        pairs._raise_locks()
        return pairs.filtered(lambda pair: pair.company_id == company)

    def _raise_locks(self):
        """Lock these accounts, by ascending id: whoever waits here is refused by PostgreSQL and tried again by Odoo."""
        self.env.cr.execute(
            SQL("SELECT FROM tibillet_settlement_pair WHERE id = ANY(%s) ORDER BY id FOR UPDATE", self.ids)
        )
        self.env.cr.execute(SQL("UPDATE tibillet_settlement_pair SET lock = lock + 1 WHERE id = ANY(%s)", self.ids))
        self.invalidate_recordset()

    @api.model
    def _debts(self):
        """What is owed now: [(payer, payee, amount (float))], both directions of a pair in one; one currency a pair."""
        self._open_missing()
        return [
            (pair.company_id, pair.other_id, -pair.balance)
            for pair in self.sudo().search([])
            if pair.currency_id == pair.other_id.currency_id and pair.currency_id.compare_amounts(pair.balance, 0) < 0
        ]

    def action_open_moves(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_settlement.settlement_move_action")
        return {**action, "domain": [("company_id", "=", self.company_id.id), ("other_id", "=", self.other_id.id)]}

    def action_open_items(self):
        account, partner = self.company_id.tibillet_settlement_account_id, self.other_id.sudo().partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                ("account_id", "=", account.id),
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", partner.id),
                ("parent_state", "=", "posted"),
            ],
        }
