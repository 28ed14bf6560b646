from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class TibilletSettlementRound(models.Model):
    """The whole network settled in one act: every debt set off, and the few transfers that pay what is left."""

    _name = "tibillet.settlement.round"
    _description = "Settlement of the network"
    _inherit = ["tibillet.settlement.act", "mail.thread"]

    line_ids = fields.One2many("tibillet.settlement.round.line", "round_id", readonly=True)
    debt_ids = fields.One2many(
        "tibillet.settlement.round.line", "round_id", "Debts set off", domain=[("kind", "=", "pair")], readonly=True
    )
    transfer_ids = fields.One2many(
        "tibillet.settlement.round.line", "round_id", "Transfers", domain=[("kind", "=", "network")], readonly=True
    )
    set_off = fields.Monetary("Set off", compute="_compute_amounts")
    transferred = fields.Monetary("Transferred", compute="_compute_amounts")
    move_ids = fields.One2many("account.move", "tibillet_round_id", "Entries", readonly=True)

    _once = models.UniqueIndex("(key)", "This settlement is recorded already.")

    @api.depends("line_ids.amount")
    def _compute_amounts(self):
        for act in self:
            act.set_off = sum(act.debt_ids.mapped("amount"))
            act.transferred = sum(act.transfer_ids.mapped("amount"))

    @api.model
    def _plan(self, currency):
        """What would settle the network in `currency` now: [(kind, payer, payee, amount (float))], debts first."""
        debts = [debt for debt in self.env["tibillet.settlement.pair"]._debts() if debt[0].currency_id == currency]
        nets = {}
        for payer, payee, amount in debts:
            nets[payer] = currency.round(nets.get(payer, 0) - amount)
            nets[payee] = currency.round(nets.get(payee, 0) + amount)
        return [
            *(("pair", *debt) for debt in debts),
            *(("network", *transfer) for transfer in self._fewest(nets, currency)),
        ]

    @api.model
    def _fewest(self, nets, currency):
        """(payer, payee, amount) that bring `nets` ({company: what it is owed}) to zero, largest first."""
        nets = dict(nets)
        while any(not currency.is_zero(net) for net in nets.values()):
            payer, payee = min(nets, key=nets.get), max(nets, key=nets.get)
            amount = min(-nets[payer], nets[payee])
            yield payer, payee, amount
            nets[payer], nets[payee] = currency.round(nets[payer] + amount), currency.round(nets[payee] - amount)

    @api.model
    def _record(self, key, currency, plan, reference, date=None):
        """Record under `key` the `plan` that a person saw: every venue's entry, matched with what it settles.

        :param plan: as `_plan` answers
        :return: the round (sudo); the one already recorded when the key is known
        :raise AccessError: not the network manager
        :raise UserError: nothing is owed, or a debt moved since `plan` was made
        """
        self._check_network_manager()
        pairs = self.env["tibillet.settlement.pair"].sudo()
        pairs._open_missing()
        pairs.search([])._raise_locks()
        rounds = self.sudo()
        if known := rounds.search([("key", "=", key)]):
            return known
        if not plan:
            raise UserError(self.env._("Nobody owes anybody in %s: there is nothing to settle.", currency.name))
        if self._comparable(plan, currency) != self._comparable(rounds._plan(currency), currency):
            raise UserError(self.env._("A debt moved since this proposal. Nothing was recorded: open a new proposal."))
        date = date or fields.Date.today()
        self._check_untold(date, self.env["res.company"].union(*(payer | payee for _kind, payer, payee, _sum in plan)))
        act = rounds.create(
            {
                "key": key,
                "currency_id": currency.id,
                "reference": reference,
                "date": date,
                "line_ids": [
                    Command.create({"kind": kind, "payer_id": payer.id, "payee_id": payee.id, "amount": amount})
                    for kind, payer, payee, amount in plan
                ],
            }
        )
        act._post(1)
        return act

    @api.model
    def _comparable(self, plan, currency):
        return {(kind, payer.id, payee.id, currency.round(amount)) for kind, payer, payee, amount in plan}

    def _post(self, sign):
        """One entry at each venue: `sign` 1 settles, -1 brings the debts back."""
        for company in self.line_ids.payer_id | self.line_ids.payee_id:
            self._book(company, self._of(self.debt_ids, company, sign), self._of(self.transfer_ids, company, -sign))

    def _of(self, lines, company, sign):
        """[(other venue, balance)]: `sign` × what `company` pays there, less what it receives."""
        paid = [(line.payee_id, sign * line.amount) for line in lines if line.payer_id == company]
        return paid + [(line.payer_id, -sign * line.amount) for line in lines if line.payee_id == company]

    def _check_network_manager(self):
        if not self.env.su and not self.env.user.has_group("tibillet_base.group_network_manager"):
            raise AccessError(self.env._("The whole network is settled by the network manager."))

    def action_cancel(self):
        """It did not happen: the debts stand again from today, by the opposite entry at each venue.

        :raise AccessError: not the network manager
        """
        self.ensure_one()
        self.check_access("read")
        self._check_network_manager()
        act = self.sudo()
        companies = act.line_ids.payer_id | act.line_ids.payee_id
        pairs = act.env["tibillet.settlement.pair"]
        pairs.search([("company_id", "in", companies.ids), ("other_id", "in", companies.ids)])._raise_locks()
        act.invalidate_recordset()
        if not act.cancelled_on:
            act.cancelled_on = max(fields.Date.today(), act.date)
            act._post(-1)
        return True
