from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class TibilletSettlementTransfer(models.Model):
    """Money that one venue sent another: recorded once, booked on both sides; cancelled, both sides keep the two entries."""

    _name = "tibillet.settlement.transfer"
    _description = "Transfer between venues"
    _order = "date desc, id desc"
    _rec_name = "reference"

    key = fields.Char(required=True, readonly=True, help="The same button twice records once.")
    payer_id = fields.Many2one("res.company", "Paid by", required=True, readonly=True, ondelete="restrict", index=True)
    payee_id = fields.Many2one("res.company", "Paid to", required=True, readonly=True, ondelete="restrict", index=True)
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    reference = fields.Char(required=True, readonly=True)
    cancelled_on = fields.Date("Cancelled", readonly=True, copy=False, help="The debt stands again from this day.")
    state = fields.Selection(
        [("recorded", "Recorded"), ("cancelled", "Cancelled")], "Status", compute="_compute_state", store=True
    )
    move_ids = fields.One2many("account.move", "tibillet_transfer_id", "Entries", readonly=True)

    _once = models.UniqueIndex("(key)", "This transfer is recorded already.")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A transfer is above zero.")
    _two_venues = models.Constraint("CHECK (payer_id <> payee_id)", "A venue pays itself nothing.")

    @api.depends("cancelled_on")
    def _compute_state(self):
        for transfer in self:
            transfer.state = "cancelled" if transfer.cancelled_on else "recorded"

    @api.model
    def _moved(self, company, other, since=None, until=None):
        """What `company` paid `other`, less what it received (float), dates in [since, until)."""
        [[paid]] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(sum(CASE WHEN payer_id = %(company)s THEN amount ELSE -amount END), 0)
                     FROM (SELECT payer_id, payee_id, amount, date FROM tibillet_settlement_transfer
                           UNION ALL
                           -- Cancelled, it counts the other way from that day: a month that was told does not change.
                           SELECT payee_id, payer_id, amount, cancelled_on FROM tibillet_settlement_transfer
                            WHERE cancelled_on IS NOT NULL) moved
                    WHERE (payer_id, payee_id) IN ((%(company)s, %(other)s), (%(other)s, %(company)s))
                      AND (%(since)s::date IS NULL OR date >= %(since)s::date)
                      AND (%(until)s::date IS NULL OR date < %(until)s::date)""",
                company=company.id,
                other=other.id,
                since=since,
                until=until,
            )
        )
        return float(paid)

    @api.model
    def _record(self, key, payer, payee, amount, reference, date=None):
        """Record under `key` that `payer` sent `amount` (float, its currency) to `payee`, entries on both sides.

        :return: the transfer (sudo); the one already recorded when the key is known
        :raise AccessError: the user does not keep the payer's books
        :raise UserError: above what is owed, another transfer under this key, or a currency that differs
        """
        self._check_keeper(payer)
        transfers, currency = self.sudo(), payer.sudo().currency_id
        wanted = (payer.id, payee.id, currency.round(amount))
        pair = self.env["tibillet.settlement.pair"]._take(payer.sudo(), payee.sudo())
        if known := transfers.search([("key", "=", key)]):
            if (known.payer_id.id, known.payee_id.id, currency.round(known.amount)) != wanted:
                raise UserError(self.env._("Another transfer was recorded by this button. Open the form again."))
            return known
        if payee.sudo().currency_id != currency:
            raise UserError(self.env._("The two venues keep their books in different currencies."))
        if currency.compare_amounts(amount, 0) <= 0:
            raise UserError(self.env._("Type an amount above zero."))
        if currency.compare_amounts(amount, -pair.balance) > 0:
            raise UserError(
                self.env._(
                    "%(payer)s owes %(payee)s %(debt)s: a transfer of %(amount)s is above it. Nothing was recorded.",
                    payer=payer.sudo().name,
                    payee=payee.sudo().name,
                    debt=currency.format(max(-pair.balance, 0)),
                    amount=currency.format(amount),
                )
            )
        transfer = transfers.create(
            {
                "key": key,
                "payer_id": payer.id,
                "payee_id": payee.id,
                "amount": amount,
                "currency_id": currency.id,
                "reference": reference,
                "date": date or fields.Date.today(),
            }
        )
        transfer._post_sides(amount)
        return transfer

    def action_cancel(self):
        """The money did not arrive, or was never sent: the debt stands again, by the opposite entries on both sides.

        :raise AccessError: the user does not keep the payer's books
        """
        self.ensure_one()
        self.check_access("read")
        self._check_keeper(self.payer_id)
        self.env["tibillet.settlement.pair"]._take(self.sudo().payer_id, self.sudo().payee_id)
        transfer = self.sudo()
        transfer.invalidate_recordset()
        if not transfer.cancelled_on:
            transfer.cancelled_on = max(fields.Date.today(), transfer.date)
            transfer._post_sides(-transfer.amount)
        return True

    def _post_sides(self, amount):
        """The entries of both: `amount` above zero pays the debt, below zero brings it back."""
        self._post_side(self.payer_id, self.payee_id, amount)
        self._post_side(self.payee_id, self.payer_id, -amount)

    def _check_keeper(self, payer):
        user = self.env.user
        if self.env.su or user.has_group("tibillet_base.group_network_manager"):
            return
        if payer not in self.env.companies or not user.has_group("tibillet_base.group_accountant"):
            raise AccessError(self.env._("A transfer is recorded by an accountant of the venue that pays."))

    def _post_side(self, company, other, balance):
        """Book it at `company`: `balance` on the settlement account, the rest on the bank's transit account."""
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
        label = {"name": name, "partner_id": other.partner_id.id}
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "journal_id": journal.id,
                    "date": fields.Date.add(locks[-1][0], days=1) if locks else day,
                    "ref": name,
                    "tibillet_transfer_id": self.id,
                    "line_ids": [
                        fields.Command.create({**label, "account_id": account.id, "balance": balance}),
                        fields.Command.create({**label, "account_id": transit.id, "balance": -balance}),
                    ],
                }
            )
        )
        move._post(soft=False)
        self._reconcile(company, other, account)

    def _reconcile(self, company, other, account):
        """Match what the transfer pays with the oldest lines, both directions."""
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
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("tibillet_transfer_id", "in", self.ids)],
        }
