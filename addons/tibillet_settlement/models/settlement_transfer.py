from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class TibilletSettlementTransfer(models.Model):
    """Money that one venue sent another: recorded once, booked on both sides; cancelled, both sides keep the two entries."""

    _name = "tibillet.settlement.transfer"
    _description = "Transfer between venues"
    _inherit = ["tibillet.settlement.act"]

    payer_id = fields.Many2one("res.company", "Paid by", required=True, readonly=True, ondelete="restrict", index=True)
    payee_id = fields.Many2one("res.company", "Paid to", required=True, readonly=True, ondelete="restrict", index=True)
    amount = fields.Monetary(required=True, readonly=True)
    move_ids = fields.One2many("account.move", "tibillet_transfer_id", "Entries", readonly=True)

    _once = models.UniqueIndex("(key)", "This transfer is recorded already.")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A transfer is above zero.")
    _two_venues = models.Constraint("CHECK (payer_id <> payee_id)", "A venue pays itself nothing.")

    @api.model
    def _moved(self, company, other, since=None, until=None):
        """What `company` paid `other`, less what it received (float), dates in [since, until); the network's rounds too."""
        [[paid]] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(sum(CASE WHEN payer_id = %(company)s THEN amount ELSE -amount END), 0)
                     FROM (WITH settled AS (
                               SELECT payer_id, payee_id, amount, date, cancelled_on FROM tibillet_settlement_transfer
                               UNION ALL
                               SELECT line.payer_id, line.payee_id, line.amount, act.date, act.cancelled_on
                                 FROM tibillet_settlement_round_line line
                                 JOIN tibillet_settlement_round act ON act.id = line.round_id
                                WHERE line.kind = 'pair')
                           SELECT payer_id, payee_id, amount, date FROM settled
                           UNION ALL
                           -- Cancelled, it counts the other way from that day: a month that was told does not change.
                           SELECT payee_id, payer_id, amount, cancelled_on FROM settled
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
        date = date or fields.Date.today()
        self._check_untold(date, payer | payee)
        transfer = transfers.create(
            {
                "key": key,
                "payer_id": payer.id,
                "payee_id": payee.id,
                "amount": amount,
                "currency_id": currency.id,
                "reference": reference,
                "date": date,
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
        for company, other, balance in (
            (self.payer_id, self.payee_id, amount),
            (self.payee_id, self.payer_id, -amount),
        ):
            self._book(company, [(other, balance)], [(other, -balance)])

    def _check_keeper(self, payer):
        user = self.env.user
        if self.env.su or user.has_group("tibillet_base.group_network_manager"):
            return
        if payer not in self.env.companies or not user.has_group("tibillet_base.group_accountant"):
            raise AccessError(self.env._("A transfer is recorded by an accountant of the venue that pays."))
