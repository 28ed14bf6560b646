from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

# What the VAT of a top-up was counted with: the spending that reverses it is counted with the same.
COUNTED = frozenset(("amount", "amount_type", "type_tax_use", "tax_exigibility"))


class AccountTax(models.Model):
    """The tax of a single-purpose voucher."""

    _inherit = "account.tax"

    def write(self, vals):
        if not COUNTED.isdisjoint(vals):
            self._refuse_other_voucher_tax(vals)
        return super().write(vals)

    def _refuse_other_voucher_tax(self, vals):
        for tax in self:
            assets = self.env["tibillet.asset"].sudo().with_context(active_test=False)
            used = assets.search([("voucher_tax_id", "=", tax.id)]).filtered(lambda asset: asset._has_moved())[:1]
            if used and any(tax[name] != vals[name] for name in COUNTED & vals.keys()):
                raise UserError(
                    self.env._(
                        "%(tax)s was declared when %(asset)s was topped up: it stays as it was. Make another tax, and "
                        "another currency for it.",
                        tax=tax.name,
                        asset=used.name,
                    )
                )

    def _is_tax_of_voucher(self, company):
        """Whether a single-purpose voucher of `company` may bear this tax."""
        return (
            len(self) == 1
            and self.active
            and self.company_id in company.parent_ids
            and self.type_tax_use == "sale"
            and self.amount_type == "percent"
            and self.amount > 0
            and self.tax_exigibility == "on_invoice"
        )

    def _voucher_amounts(self, gross, company):
        """What this tax makes of `gross` (float), tax in it whatever the price setting, by Odoo's own count.

        :return: ``({(account, repartition line, tags): balance}, (tags of the base, balance of the base))``, as an
            invoice would book it: credits are negative; ids, tags as tuples
        """
        self.ensure_one()
        base_line = self._prepare_base_line_for_taxes_computation(
            None,
            tax_ids=self,
            price_unit=gross,
            quantity=1.0,
            currency_id=company.currency_id,
            special_mode="total_included",
            sign=-1,
        )
        self._add_tax_details_in_base_lines([base_line], company)
        self._round_base_lines_tax_details([base_line], company)
        self._add_accounting_data_in_base_lines_tax_details([base_line], company)
        lines = self._prepare_tax_lines([base_line], company)
        taxes = defaultdict(float)
        for line in lines["tax_lines_to_add"]:
            [(_set, _zero, tags)] = line["tax_tag_ids"]
            taxes[line["account_id"], line["tax_repartition_line_id"], tuple(tags)] += line["balance"]
        [(_line, base)] = lines["base_lines_to_update"]
        [(_set, _zero, base_tags)] = base["tax_tag_ids"]
        return taxes, (tuple(base_tags), base["balance"])
