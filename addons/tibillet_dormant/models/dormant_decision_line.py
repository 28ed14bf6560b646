from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.tibillet_base import ledger

from .dormant_balance import DORMANT_MONTHS


class TibilletDormantDecisionLine(models.Model):
    """One balance of a decision: the amount that was shown is taken whole, or nothing is."""

    _name = "tibillet.dormant.decision.line"
    _description = "Balance of a decision"
    _order = "decision_id desc, id"
    _rec_name = "wallet_id"

    decision_id = fields.Many2one(
        "tibillet.dormant.decision", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="decision_id.company_id", store=True, index=True)
    balance_id = fields.Many2one("tibillet.ledger.balance", required=True, readonly=True, ondelete="restrict")
    wallet_id = fields.Many2one(related="balance_id.wallet_id", string="Holder")
    partner_id = fields.Many2one(related="balance_id.wallet_id.partner_id", string="Person")
    asset_id = fields.Many2one(related="balance_id.asset_id")
    bank_account = fields.Char("Bank account", compute="_compute_bank_account", compute_sudo=True)
    amount = fields.Integer("Minor units", required=True, readonly=True)
    online = fields.Integer("Online (minor units)", readonly=True, help="What goes back to the payments it came from.")
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
    transfer = fields.Monetary("Transferred", readonly=True, help="Of money alone: what the bank gives.")
    amount_text = fields.Char("Amount", compute="_compute_texts")
    online_text = fields.Char("Online", compute="_compute_texts")
    transfer_text = fields.Char("By transfer", compute="_compute_texts")
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("left", "Left")], required=True, default="todo", readonly=True
    )
    note = fields.Char(readonly=True)
    obstacle = fields.Char("Why it is left alone", compute="_compute_obstacle")

    _once = models.UniqueIndex("(decision_id, balance_id)", "This balance is in the decision already.")

    @api.depends("partner_id.bank_ids.acc_number")
    def _compute_bank_account(self):
        for line in self:
            line.bank_account = line.partner_id.bank_ids[:1].acc_number

    @api.depends("amount", "online", "asset_id", "obstacle", "decision_id.way")
    @api.depends_context("lang")
    def _compute_texts(self):
        for line in self:
            asset, rest = line.asset_id, line.amount - line.online
            line.amount_text = asset.format(line.amount)
            line.online_text = asset.format(line.online) if line.online else False
            is_transfer = rest and line.decision_id.way == "pay_back" and not line.obstacle
            line.transfer_text = asset.format(rest) if is_transfer else False

    @api.depends("state", "note", "amount", "decision_id.way")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_obstacle(self):
        """As things stand now; once decided, what was said then."""
        waiting = self.filtered(lambda line: line.state == "todo")
        for line in self - waiting:
            line.obstacle = line.note
        shown = self.env["tibillet.dormant.balance"].sudo().search([("id", "in", waiting.balance_id.ids)])
        shown.invalidate_recordset()
        by_id = {balance.id: balance for balance in shown}
        for line in waiting:
            line.obstacle = line._obstacle_of(by_id.get(line.balance_id.id))

    def _obstacle_of(self, balance):
        """Why this line is left alone, or False. `balance`: tibillet.dormant.balance (sudo), None when it is empty."""
        if not balance or balance.amount - balance.held != self.amount:
            return self.env._("It has changed since: choose it again.")
        return getattr(self, f"_obstacle_to_{self.decision_id.way}")(balance)

    def _obstacle_to_pay_back(self, balance):
        if balance.asset_id.kind != "money" or not balance.asset_id.refundable:
            return self.env._("Its terms say that it is not paid back.")
        if not balance.partner_id:
            return self.env._("Unknown holder: paid back at the card desk.")
        return False

    def _obstacle_to_write_off(self, balance):
        if balance.owner_kind == "card" and balance.card_state != "active":
            return self.env._("The card is lost or blocked: its replacement will ask for it.")
        if balance.months < DORMANT_MONTHS:
            return self.env._("Used within %s months: it is not dormant.", DORMANT_MONTHS)
        if balance.reach == "mail" and not balance.told_on:
            return self.env._("Its holder was not told yet: see Dormant balances on the asset.")
        return False

    def _settle_obstacles(self):
        """Lock the balances by ascending id, leave those that may not be taken, and return the others."""
        self.env.cr.execute(
            SQL(
                "SELECT FROM tibillet_ledger_balance WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                self.balance_id.ids,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["obstacle"])
        left = self.filtered("obstacle")
        for line in left.sudo():
            line.write({"state": "left", "note": line.obstacle, "online": 0})
        return self - left

    def _key(self):
        return f"{self.decision_id._key()}:{self.balance_id.id}"

    def _entry(self, kind, amount):
        """The ledger's entry that takes `amount` (minor units) back to the issuer."""
        issuer, asset = self.asset_id.sudo().place_id, self.asset_id
        lines = (
            ledger.Line(self.wallet_id.id, asset.id, -amount),
            ledger.Line(issuer.wallet_id.id, asset.id, amount),
        )
        return ledger.Entry(self._key(), kind, issuer.id, lines, self.decision_id.reason)

    def _transferred(self):
        """What the bank gives, in the currency (float): what does not go back online."""
        return (self.amount - self.online) / 10**self.asset_id.decimal_places

    def _look_online(self):
        """Note how much of each amount can go back to online payments now."""
        for line in self.sudo():
            may = line.decision_id.way == "pay_back" and not line.obstacle
            line.online = min(line.amount, line._online_room()) if may else 0

    def _online_room(self):
        """What can go back to online payments, in minor units: who knows payments says it."""
        return 0

    def _ask_back_online(self):
        """Ask `online` back of the payments it came from, in this transaction."""

    @api.ondelete(at_uninstall=False)
    def _unlink_waiting(self):
        if any(line.state != "todo" for line in self):
            raise UserError(self.env._("What was decided stays as it is: choose the balances again."))
