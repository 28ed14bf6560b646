import stripe
from psycopg2 import OperationalError

from odoo import Command, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    tibillet_payout_id = fields.Many2one(
        "tibillet.stripe.payout", "Payout of Stripe", readonly=True, copy=False, index="btree_not_null"
    )


class TibilletStripePayout(models.Model):
    """A payout in the books: Dr transit to the bank, Dr fees, Cr each payment that Stripe owed, reconciled with it."""

    _inherit = "tibillet.stripe.payout"

    def _book(self):
        """Once; what prevents it is written down, and tried again by the daily job."""
        for payout in self.try_lock_for_update():
            if payout.state == "booked":
                continue
            try:
                with self.env.cr.savepoint():
                    payout._read_lines()
                    payout._post_entry(payout.line_ids)
                    payout.write({"state": "booked", "reason": False})
            except OperationalError:
                raise
            except stripe.StripeError as error:
                payout.write({"state": "refused", "reason": error.user_message or str(error)})
            except UserError as error:
                payout.write({"state": "refused", "reason": str(error)})

    def _read_lines(self):
        """What Stripe says the payout is made of.

        :raise UserError: nothing can be booked of it, and why
        """
        self.ensure_one()
        company = self.company_id
        if not self.is_automatic:
            raise UserError(
                self.env._(
                    "This payout was asked for by hand: Stripe does not say which charges it pays. Book it by hand, or "
                    "set automatic payouts on your Stripe dashboard."
                )
            )
        if self.currency_id != company.currency_id:
            raise UserError(
                self.env._(
                    "Stripe paid %(paid)s and the books of %(company)s are in %(books)s: book it by hand.",
                    paid=self.currency_id.name,
                    company=company.name,
                    books=company.currency_id.name,
                )
            )
        params = {"payout": self.name, "limit": 100, "expand": ["data.source"]}
        listed = self.provider_id._tibillet_stripe().v1.balance_transactions.list(params)
        said = [one.to_dict() for one in listed.auto_paging_iter() if one.type != "payout"]
        self.line_ids.unlink()
        lines = self.env["tibillet.stripe.payout.line"].create(
            [self.line_ids._values(self, one) for one in reversed(said)]
        )
        lines._find()
        total = sum(lines.mapped("net"))
        if self.currency_id.compare_amounts(total, self.amount):
            raise UserError(
                self.env._(
                    "Stripe paid %(paid)s and its lines make %(lines)s: nothing was booked. It is asked again tomorrow.",
                    paid=self.currency_id.format(self.amount),
                    lines=self.currency_id.format(total),
                )
            )

    def _post_entry(self, lines):
        items = [line._entry_values(line._open_item()) for line in lines if line.kind != "fee"]
        if fees := sum(lines.mapped("fee")):
            fee_account = self.provider_id._tibillet_stripe_fee_account()
            items.append({"name": self.env._("Fees of Stripe"), "account_id": fee_account.id, "balance": fees})
        transit = self.company_id.transfer_account_id
        items.append({"name": self.name, "account_id": transit.id, "balance": self.amount})
        move = self._post(items)
        self.transit_item_id = move.line_ids.filtered(
            lambda item: item.account_id == transit and not item.tibillet_payout_line_id
        )
        self._reconcile(move, lines)

    def _match_again(self):
        """Payments that became known since: from the suspense account to what they settle."""
        for payout in self.try_lock_for_update():
            waiting = payout.line_ids.filtered(lambda line: line.state == "unknown" and line.kind != "dispute")
            suspended = self.env["account.move.line"].search([("tibillet_payout_line_id", "in", waiting.ids)])
            waiting._find()
            found = waiting.filtered(lambda line: line.state == "matched")
            if payout.state != "booked" or not found:
                continue
            items = []
            for line in found:
                values = line._entry_values(line._open_item())
                items += [values, {**line._entry_values(), "balance": line.amount}]
            move = payout._post(items)
            payout._reconcile(move, found)
            suspense = payout._suspense_account()
            open_items = (move.line_ids | suspended).filtered("account_id.reconcile")
            for line in found:
                pair = [("tibillet_payout_line_id", "=", line.id), ("account_id", "=", suspense.id)]
                open_items.filtered_domain(pair).reconcile()

    def _post(self, items):
        company, journal = self.company_id, self.provider_id.journal_id
        if not journal:
            raise UserError(self.env._("Choose the payment journal of the provider %s.", self.provider_id.name))
        locks = company._get_violated_lock_dates(self.arrival_date, False, journal)
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "journal_id": journal.id,
                    "date": fields.Date.add(locks[-1][0], days=1) if locks else self.arrival_date,
                    "ref": self.env._("Stripe payout %s", self.name),
                    "tibillet_payout_id": self.id,
                    "line_ids": [Command.create(values) for values in items],
                }
            )
        )
        move._post(soft=False)
        return move

    def _reconcile(self, move, lines):
        for line in lines:
            target = line._open_item()
            items = move.line_ids.filtered(
                lambda item, line=line, target=target: (
                    item.tibillet_payout_line_id == line and item.account_id == target.account_id
                )
            )
            if target and items:
                (items | target).with_company(self.company_id).reconcile()

    def _suspense_account(self):
        return self.provider_id.journal_id.suspense_account_id or self.company_id.account_journal_suspense_account_id


class TibilletStripePayoutLine(models.Model):
    _inherit = "tibillet.stripe.payout.line"

    def _entry_values(self, item=None):
        """The journal item that takes this line: against `item`, or in suspense, where an accountant sees it."""
        account = item.account_id if item else self.payout_id._suspense_account()
        return {
            "name": f"{self.description} ({self.name})",
            "account_id": account.id,
            "partner_id": self.transaction_id.partner_id.commercial_partner_id.id,
            "balance": -self.amount,
            "tibillet_payout_line_id": self.id,
        }
