from odoo import models
from odoo.fields import Command
from odoo.tools import SQL


class TibilletBooking(models.Model):
    """VAT of single-purpose vouchers: declared with the top-up, reversed when the sale that they pay declares it again.

    Each booking books the VAT of what wallets have after it, less that of what they had before: whatever the number of
    bookings, their roundings cancel out and nothing is left when all is spent.
    """

    _inherit = "tibillet.booking"

    def _voucher_lines(self, keys):
        """Journal items (values) of the VAT of what these operations (ledger keys) moved in single-purpose money.

        They balance, but for voided money: its VAT stays declared, and lowers what the entry's counterpart gets.
        """
        lines = []
        for asset, due, kept in self._voucher_totals(keys):
            after = asset._voucher_move(due + kept)
            # Rounded as what the next booking reads: of floats that differ by a hair, half a cent rounds both ways.
            rounded = self.company_id.currency_id.round
            spendable = rounded(after - kept)
            lines += self._voucher_declared(asset, rounded(spendable - due), spendable)
            lines += self._voucher_kept(asset, spendable, after)
        return lines

    def _voucher_totals(self, keys):
        """[(asset (sudo), what holders gained, what was voided on them)] in euros; the latter is negative."""
        assets = (
            self.env["tibillet.asset"]
            .sudo()
            .with_context(active_test=False)
            .search([("voucher_kind", "=", "single_purpose"), ("place_id.company_id", "=", self.company_id.id)])
        )
        if not assets:
            return []
        rows = self.env.execute_query(
            SQL(
                """SELECT posting.asset_id,
                          COALESCE(sum(posting.amount) FILTER (WHERE COALESCE(undone.kind, act.kind) <> 'void'), 0)::bigint,
                          COALESCE(sum(posting.amount) FILTER (WHERE COALESCE(undone.kind, act.kind) = 'void'), 0)::bigint
                     FROM tibillet_ledger_transaction act
                     JOIN tibillet_ledger_posting posting ON posting.transaction_id = act.id
                     LEFT JOIN tibillet_ledger_transaction undone ON undone.id = act.reverses_id
                    WHERE act.key = ANY(%s) AND posting.balance_id IS NOT NULL AND posting.asset_id = ANY(%s)
                    GROUP BY posting.asset_id ORDER BY posting.asset_id""",
                list(keys),
                assets.ids,
            )
        )
        totals = []
        for asset_id, due, kept in rows:
            asset = assets.browse(asset_id)
            unit = 10**asset.decimal_places
            totals.append((asset, due / unit, kept / unit))
        return totals

    def _voucher_declared(self, asset, before, after):
        """VAT due (or due no more) for wallets that went from `before` to `after`: tax and base, with their tags."""
        tax, company = asset.voucher_tax_id, self.company_id
        taxes, (base_tags, base) = tax._voucher_amounts(after, company)
        former, (_tags, former_base) = tax._voucher_amounts(before, company)
        moved = {key: company.currency_id.round(taxes[key] - former[key]) for key in taxes | former}
        base = company.currency_id.round(base - former_base)
        account = company._tibillet_voucher_account(tax).id
        lines = [
            {
                "name": tax.name,
                "display_type": "tax",
                "account_id": tax_account or account,
                "tax_repartition_line_id": repartition,
                "tax_tag_ids": [Command.set(tags)],
                "tax_base_amount": abs(base),
                "balance": balance,
            }
            for (tax_account, repartition, tags), balance in moved.items()
            if balance
        ]
        name = self.env._("VAT on vouchers · %s", asset.name)
        if vat := -company.currency_id.round(sum(moved.values())):
            lines.append({"name": name, "account_id": account, "balance": vat})
        if base:
            # The declaration counts a base on journal items: this one is taken back at once.
            said = {"tax_ids": [Command.set(tax.ids)], "tax_tag_ids": [Command.set(base_tags)]}
            lines.append({"name": name, "account_id": account, "balance": base, **said})
            lines.append({"name": name, "account_id": account, "balance": -base})
        return lines

    def _voucher_kept(self, asset, before, after):
        """VAT of money that nobody will spend: declared for good, it waits for no sale any more."""
        vat = self.company_id.currency_id.round(asset._voucher_vat(after) - asset._voucher_vat(before))
        if not vat:
            return []
        account = self.company_id._tibillet_voucher_account(asset.voucher_tax_id)
        return [
            {"name": self.env._("VAT on vouchers · %s", asset.name), "account_id": account.id, "balance": vat},
        ]
