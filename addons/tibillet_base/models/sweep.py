import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import ledger

_logger = logging.getLogger(__name__)

# What only the sweep itself writes.
OUTCOME = frozenset(("name", "place_id", "day", "state", "swept_count", "swept_amount", "swept_on", "swept_by_id"))


class TibilletSweep(models.Model):
    """Takes back what cards still hold of one asset: first shown, then done once.

    The ledger takes 500 cards at a time, each lot in a transaction of its own with its entry, so that no till waits
    long. Interrupted, it is asked again: what was taken is not taken twice.
    """

    _name = "tibillet.sweep"
    _description = "Sweep"
    _order = "id desc"

    name = fields.Char(readonly=True)
    asset_id = fields.Many2one("tibillet.asset", required=True, ondelete="restrict", index=True)
    place_id = fields.Many2one(related="asset_id.place_id", string="Issuer", store=True, index=True)
    since = fields.Datetime("Cards used from", required=True)
    until = fields.Datetime("to", required=True)
    linked = fields.Boolean("Also cards of known people", help="Else only anonymous cards are swept.")
    day = fields.Date(readonly=True, help="The day for which the job made it; empty when a manager asked.")
    state = fields.Selection([("draft", "To look at"), ("done", "Done")], required=True, default="draft", readonly=True)
    planned_count = fields.Integer("Cards to empty", compute="_compute_planned")
    planned_text = fields.Char("To take", compute="_compute_planned")
    swept_count = fields.Integer("Cards emptied", readonly=True)
    swept_amount = fields.Integer("Taken (smallest unit)", readonly=True)
    swept_text = fields.Char("Taken", compute="_compute_swept_text")
    swept_on = fields.Datetime("Done on", readonly=True)
    swept_by_id = fields.Many2one("res.users", "Done by", readonly=True, ondelete="restrict")

    _once_a_day = models.UniqueIndex("(asset_id, day) WHERE day IS NOT NULL", "This day is already swept.")
    _window = models.Constraint("CHECK (since < until)", "The window ends after it begins.")

    @api.depends("asset_id", "since", "until", "linked", "state")
    def _compute_planned(self):
        for sweep in self:
            count, amount = 0, 0
            if sweep.state == "draft" and sweep.id and sweep.asset_id and sweep.since and sweep.until:
                sweep.check_access("read")
                count, amount = ledger.sweepable(self.env.cr, sweep._order_of())
            sweep.planned_count = count
            sweep.planned_text = sweep.asset_id.format(amount) if sweep.asset_id else False

    @api.depends("swept_amount", "asset_id")
    def _compute_swept_text(self):
        for sweep in self:
            sweep.swept_text = sweep.asset_id.format(sweep.swept_amount)

    @api.constrains("asset_id")
    def _check_asset(self):
        for sweep in self:
            sweep.asset_id.place_id._check_manager()
            sweep._check_allowed()

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_outcome({name for vals in vals_list for name in vals})
        sweeps = super().create(vals_list)
        for sweep in sweeps:
            day = fields.Date.to_string(sweep.day or fields.Datetime.context_timestamp(sweep, sweep.until).date())
            sweep.sudo().name = self.env._("Sweep of %(asset)s, %(day)s", asset=sweep.asset_id.name, day=day)
        return sweeps

    def write(self, vals):
        self._refuse_outcome(vals)
        if not self.env.su and self.filtered(lambda sweep: sweep.state == "done" or sweep.swept_count):
            raise UserError(self.env._("This sweep has taken something: it stays as it is. Prepare a new one."))
        return super().write(vals)

    def _refuse_outcome(self, names):
        if not self.env.su and not OUTCOME.isdisjoint(names):
            raise UserError(self.env._("What a sweep took is written by the sweep alone."))

    @api.ondelete(at_uninstall=False)
    def _unlink_prepared(self):
        if self.filtered(lambda sweep: sweep.state == "done" or sweep.swept_count):
            raise UserError(self.env._("This sweep has taken something: it stays as it is. Prepare a new one."))

    def action_sweep(self):
        """Take what the form showed. AccessError unless by a manager of the issuer."""
        self.ensure_one()
        self.check_access("write")
        self.place_id._check_manager()
        self._sweep()

    @api.model
    def _sweep_due(self):
        """The daily job: assets swept every day, and those whose day has come. One that fails never stops the next."""
        today = fields.Date.today()
        assets = self.env["tibillet.asset"].search([("sweep_mode", "in", ("date", "daily"))])
        for asset in assets:
            day = asset.sweep_date if asset.sweep_mode == "date" else today
            if day <= today:
                self._for_day(asset, day)
        self.env["ir.cron"]._commit_progress(remaining=0)
        for sweep in self.search([("day", "!=", False), ("state", "=", "draft")], order="id"):
            try:
                sweep._sweep()
            except (UserError, ledger.LedgerError) as error:
                _logger.error("%s: %s", sweep.name, error)

    def _for_day(self, asset, day):
        """The sweep of an asset for one day, made once."""
        swept = self.search([("asset_id", "=", asset.id), ("day", "=", day)])
        return swept or self.create({**asset._sweep_window(), "day": day})

    def _sweep(self):
        """Take all there is to take, lot after lot; done before, it takes nothing more."""
        self.ensure_one()
        self.env.flush_all()
        while self._sweep_lot():
            pass
        self.invalidate_recordset()

    def _sweep_lot(self):
        """Take one lot and book it, in a transaction of its own; whether there may be more."""
        with ledger.own_cursor(self.env) as cr:
            cr.execute("SELECT FROM tibillet_sweep WHERE id = %s AND state = 'draft' FOR UPDATE", [self.id])
            if not cr.rowcount:
                return False
            sweep = self.with_env(self.env(cr=cr, su=True))
            sweep.invalidate_recordset()
            sweep._check_allowed()
            taken = ledger.sweep(cr, sweep._order_of(), sweep.name)
            self.env["tibillet.ledger.transaction"].with_env(sweep.env)._forget_cache()
            if taken:
                sweep._book(list(taken))
            is_over = len(taken) < ledger.CHUNK
            sweep.write(
                {
                    "swept_count": sweep.swept_count + len(taken),
                    "swept_amount": sweep.swept_amount + sum(taken.values()),
                    **(
                        {"state": "done", "swept_on": fields.Datetime.now(), "swept_by_id": self.env.uid}
                        if is_over
                        else {}
                    ),
                }
            )
            sweep.flush_recordset()
        return not is_over

    def _check_allowed(self):
        """ValidationError unless the asset's issuer chose that it may be swept."""
        if not self.asset_id.sweep_mode:
            raise ValidationError(self.env._("%s is not swept: choose it on the asset first.", self.asset_id.name))
        self.asset_id._check_sweepable()

    def _book(self, keys):
        """What follows in the same transaction for the ledger's `keys`; books are kept by who knows accounting."""

    def _key(self):
        return f"sweep:{self.id}"

    def _order_of(self):
        place = self.asset_id.place_id
        return ledger.Sweep(
            self._key(), self.asset_id.id, place.id, place.wallet_id.id, self.since, self.until, self.linked
        )

    def action_open_postings(self):
        """The movements of the cards, each on its holder's statement too."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_base.action_posting")
        domain = [("transaction_id.key", "=like", f"{self._key()}:%"), ("balance_id", "!=", False)]
        return {**action, "name": self.name, "domain": domain, "context": {}}
