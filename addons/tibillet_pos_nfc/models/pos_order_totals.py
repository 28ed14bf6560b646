from odoo import models
from odoo.exceptions import UserError

CENT_OF_ROUNDING = 1


class PosOrder(models.Model):
    """A till's sums are counted again: what an order asks is what its articles make."""

    _inherit = "pos.order"

    def _check_tibillet_totals(self):
        """Refuse an order of a venue whose lines or total are not quantity × price, or that was paid another amount.

        :raise UserError: a sentence for the cashier
        """
        self.ensure_one()
        if not self.company_id.tibillet_place_id:
            return
        slack_of_line, slack_of_total, total = self._tibillet_slack(), self._tibillet_cash_slack(), 0.0
        for line in self.lines:
            counted, said = line._tibillet_price(), line.price_subtotal_incl
            # A discount over the whole order brings its own taxes, rounded with those of the order.
            slack = CENT_OF_ROUNDING if line.extra_tax_data else slack_of_line
            slack_of_total += slack
            total += counted
            # A till turns the sign of every line of an order that pays money out.
            if self._tibillet_differs(abs(said), abs(counted), slack):
                raise UserError(self._tibillet_forged(line.full_product_name, said, counted))
        if self._tibillet_differs(self.amount_total, total, slack_of_total):
            raise UserError(self._tibillet_forged(self.env._("Total"), self.amount_total, total))
        paid = sum(self.payment_ids.mapped("amount"))
        if self._tibillet_differs(self.amount_paid, paid, 0):
            raise UserError(
                self.env._(
                    "The till says that %(said)s was paid, its payments make %(paid)s. Make the order again.",
                    said=self.currency_id.format(self.amount_paid),
                    paid=self.currency_id.format(paid),
                )
            )

    def _tibillet_differs(self, said, counted, slack):
        """Whether two amounts differ by more than `slack` minor units."""
        return abs(round((said - counted) * 10**self.currency_id.decimal_places)) > slack

    def _tibillet_slack(self):
        """Minor units by which a line may differ: none where taxes are rounded line by line."""
        per_line = self.company_id.tax_calculation_rounding_method == "round_per_line"
        return 0 if per_line else CENT_OF_ROUNDING

    def _tibillet_cash_slack(self):
        """Minor units by which the till's own rounding of cash may move a total."""
        rounding = self.config_id.cash_rounding and self.config_id.rounding_method.rounding or 0
        return round(rounding * 10**self.currency_id.decimal_places)

    def _tibillet_forged(self, name, said, counted):
        return self.env._(
            "%(what)s: the till says %(said)s, the articles make %(counted)s. Nothing was paid: make the order again.",
            what=name,
            said=self.currency_id.format(said),
            counted=self.currency_id.format(counted),
        )
