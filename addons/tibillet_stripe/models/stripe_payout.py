import logging

import stripe

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Days that a payout may take from Stripe's date to the bank's, and how far back the daily job asks.
ON_THE_WAY, LOOKS_BACK = 3, 30


class TibilletStripePayout(models.Model):
    """Money that Stripe sent to the bank: which charges it pays, less which refunds and fees."""

    _name = "tibillet.stripe.payout"
    _description = "Payout of Stripe"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "arrival_date desc, id desc"

    name = fields.Char("Number at Stripe", required=True, readonly=True)
    provider_id = fields.Many2one("payment.provider", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="provider_id.company_id", store=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    arrival_date = fields.Date("At the bank on", required=True, readonly=True)
    amount = fields.Monetary("Paid to the bank", readonly=True)
    is_automatic = fields.Boolean(readonly=True)
    has_failed = fields.Boolean(
        "Sent back by the bank", readonly=True, tracking=True, help="Stripe takes it back into a later payout."
    )
    state = fields.Selection(
        [("waiting", "To book"), ("booked", "Booked"), ("refused", "To fix")],
        "Status",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
    )
    reason = fields.Text("What prevents it", readonly=True)
    line_ids = fields.One2many("tibillet.stripe.payout.line", "payout_id", "Lines", readonly=True)
    gross = fields.Monetary("Charges", compute="_compute_totals")
    refunds = fields.Monetary("Refunds and the rest", compute="_compute_totals")
    fees = fields.Monetary("Fees of Stripe", compute="_compute_totals")
    unknown_count = fields.Integer("Unknown lines", compute="_compute_totals")
    payment_count = fields.Integer("Payments", compute="_compute_totals")
    move_ids = fields.One2many("account.move", "tibillet_payout_id", "Entries", readonly=True)
    transit_item_id = fields.Many2one("account.move.line", "On its way to the bank", readonly=True, copy=False)
    not_at_bank = fields.Monetary(
        "Not found at the bank",
        compute="_compute_not_at_bank",
        help="Zero once a line of the bank is reconciled with it. Before its day, and three days after, it is on its way.",
    )

    _once = models.UniqueIndex("(provider_id, name)", "This payout is here already.")

    @api.depends("line_ids.kind", "line_ids.amount", "line_ids.fee", "line_ids.state")
    def _compute_totals(self):
        for payout in self:
            charges = payout.line_ids.filtered(lambda line: line.kind == "charge")
            payout.gross = sum(charges.mapped("amount"))
            payout.fees = sum(payout.line_ids.mapped("fee"))
            payout.refunds = sum((payout.line_ids - charges).mapped("amount"))
            payout.unknown_count = len(payout.line_ids.filtered(lambda line: line.state == "unknown"))
            payout.payment_count = len(payout.line_ids.payment_id)

    @api.depends("state", "amount", "arrival_date", "transit_item_id.amount_residual")
    def _compute_not_at_bank(self):
        day = self._due_day()
        for payout in self:
            open_amount = payout.transit_item_id.amount_residual if payout.state == "booked" else payout.amount
            payout.not_at_bank = open_amount if payout.arrival_date and payout.arrival_date <= day else 0.0

    @api.model
    def _due_day(self):
        return fields.Date.subtract(fields.Date.context_today(self), days=ON_THE_WAY)

    @api.model
    def _learn(self, provider, payouts):
        """Keep what Stripe says about payouts (dicts) of `provider`, each once, and have the job book them."""
        for said in payouts:
            if said["status"] not in ("paid", "failed"):
                continue
            currency = (
                self.env["res.currency"].with_context(active_test=False).search([("name", "=ilike", said["currency"])])
            )
            # Of two at once, the second fails, is tried again by Odoo, and finds it known.
            self.env.cr.execute(
                SQL(
                    """INSERT INTO tibillet_stripe_payout (name, provider_id, company_id, currency_id, arrival_date, amount,
                              is_automatic, has_failed, state, create_uid, create_date)
                       VALUES (%s, %s, %s, %s, to_timestamp(%s)::date, %s, %s, FALSE, 'waiting', %s,
                               now() AT TIME ZONE 'UTC')
                       ON CONFLICT DO NOTHING""",
                    said["id"],
                    provider.id,
                    provider.company_id.id,
                    currency.id,
                    said["arrival_date"],
                    said["amount"] / 10**currency.decimal_places,
                    bool(said.get("automatic")),
                    self.env.uid,
                ),
                log_exceptions=False,
            )
            known = self.sudo().search([("provider_id", "=", provider.id), ("name", "=", said["id"])])
            if said["status"] == "failed" and not known.has_failed:
                known.has_failed = True
        self.env.ref("tibillet_stripe.cron_payouts").sudo()._trigger()

    @api.model
    def _cron_payouts(self):
        """Ask each account at Stripe for payouts that no message told, and book what waits."""
        providers = self.env["payment.provider"].search([("code", "=", "stripe"), ("state", "!=", "disabled")])
        for provider in providers.filtered("stripe_secret_key"):
            self._ask(provider)
            self.env["ir.cron"]._commit_progress()
        for payout in self.search([("state", "!=", "booked")], order="arrival_date, id"):
            payout._book()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        for payout in self.search([("line_ids.state", "=", "unknown")], order="id"):
            payout._match_again()

    @api.model
    def _ask(self, provider):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=LOOKS_BACK)
        params = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        try:
            listed = provider._tibillet_stripe().v1.payouts.list(params)
            known = set(self.search([("provider_id", "=", provider.id), ("has_failed", "=", False)]).mapped("name"))
            new = [one.to_dict() for one in listed.auto_paging_iter() if one.id not in known or one.status == "failed"]
        except stripe.StripeError as error:
            _logger.warning("Stripe tells nothing of its payouts to provider %s: %s", provider.id, error)
            return
        if new:
            self._learn(provider, new)

    def action_book(self):
        self.check_access("read")
        self.sudo()._book()

    def action_match_again(self):
        self.check_access("read")
        self.sudo()._match_again()

    def action_open_moves(self):
        return self._action("account.move", self.env._("Entries"), self.move_ids)

    def action_open_payments(self):
        return self._action("account.payment", self.env._("Payments"), self.line_ids.payment_id)

    def _action(self, model, name, records):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", records.ids)],
        }
