from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

VOUCHER = frozenset(("voucher_kind", "voucher_tax_id"))


class TibilletAsset(models.Model):
    """When the VAT of what holders may spend is due: at spending, or at the top-up where place and rate are known."""

    _inherit = "tibillet.asset"

    voucher_kind = fields.Selection(
        [
            ("multi_purpose", "Multi-purpose: VAT is due when it is spent"),
            ("single_purpose", "Single-purpose: VAT is due when it is topped up"),
        ],
        "Kind of voucher",
        required=True,
        default="multi_purpose",
        tracking=True,
        help="Single-purpose: it pays articles of one tax, at this venue only, and VAT is declared when it is topped up.",
    )
    voucher_tax_id = fields.Many2one(
        "account.tax",
        "Tax of what it pays",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        groups="account.group_account_readonly",
        domain="[('company_id', 'parent_of', company_id), ('type_tax_use', '=', 'sale'), "
        "('amount_type', '=', 'percent'), ('tax_exigibility', '=', 'on_invoice')]",
        help="All articles that it pays bear this tax, and no other.",
    )
    voucher_booked = fields.Monetary(
        "On wallets, in the books",
        readonly=True,
        copy=False,
        groups="account.group_account_readonly",
        help="Of single-purpose money: its VAT is counted from this.",
    )
    voucher_is_fixed = fields.Boolean(compute="_compute_voucher_is_fixed")

    _single_purpose_is_money = models.Constraint(
        "CHECK (voucher_kind <> 'single_purpose' OR kind = 'money')",
        "Only money may be a single-purpose voucher: the rest is not sold.",
    )
    _single_purpose_has_tax = models.Constraint(
        "CHECK (voucher_kind <> 'single_purpose' OR voucher_tax_id IS NOT NULL)",
        "A single-purpose voucher needs the tax of what it pays.",
    )

    def _compute_voucher_is_fixed(self):
        for asset in self:
            asset.voucher_is_fixed = asset._has_moved()

    def _has_moved(self):
        """Whether anybody was ever topped up with it."""
        return bool(self.env["tibillet.ledger.posting"].sudo().search_count([("asset_id", "in", self.ids)], limit=1))

    def write(self, vals):
        if not VOUCHER.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def _check_shape(self, vals):
        super()._check_shape(vals)
        if VOUCHER.isdisjoint(vals):
            return
        if used := self.filtered(lambda asset: asset._has_moved())[:1]:
            raise UserError(
                self.env._(
                    "%s has been topped up: its kind of voucher and its tax stay. Make another currency for the new one, "
                    "then archive this one once it is spent or paid back.",
                    used.name,
                )
            )

    @api.constrains("voucher_kind", "voucher_tax_id", "place_id", "share_ids")
    def _check_voucher(self):
        """Place and rate of what it will pay are known when it is topped up: one venue, one tax."""
        for asset in self.sudo().filtered(lambda asset: asset.voucher_kind == "single_purpose"):
            company = asset.company_id
            if not company:
                raise ValidationError(self.env._("%s has no company here, hence no tax.", asset.place_id.name))
            if asset.share_ids:
                raise ValidationError(asset._voucher_stays())
            if asset.voucher_tax_id and not asset.voucher_tax_id._is_tax_of_voucher(company):
                raise ValidationError(
                    self.env._(
                        "A single-purpose voucher bears one sale tax of %(company)s: a percentage, due on invoice. "
                        "%(tax)s is not.",
                        company=company.name,
                        tax=asset.voucher_tax_id.name,
                    )
                )

    def _debit_rank(self, place):
        """What pays less things is spent first: after gift, before other money of the place."""
        return super()._debit_rank(place) - (0.5 if self.voucher_kind == "single_purpose" else 0)

    def _voucher_refusal(self, product):
        """Why this money does not pay an order that holds `product`, and what to do."""
        tax = self.sudo().voucher_tax_id
        return self.env._(
            "%(asset)s only pays articles at %(tax)s: take “%(product)s” out of this order and sell it in another one.",
            asset=self.name,
            tax=tax.invoice_label or tax.name,
            product=product.display_name,
        )

    def _voucher_stays(self):
        return self.env._(
            "%s is a single-purpose voucher: it is spent where it is topped up and cannot be shared with a federation.",
            self.name,
        )

    def _voucher_vat(self, gross):
        """VAT within `gross` (float, the company's currency) of this single-purpose money, rounded once."""
        tax_lines, _base = self.sudo().voucher_tax_id._voucher_amounts(gross, self.company_id.sudo())
        return -sum(tax_lines.values())

    def _voucher_move(self, gross):
        """Count what wallets gained in the books (float); of two closings at once, the second starts again.

        :return: what the books have on wallets since
        """
        self.flush_recordset(["voucher_booked"])
        self.env.cr.execute(
            """UPDATE tibillet_asset SET voucher_booked = coalesce(voucher_booked, 0) + %s
                WHERE id = %s RETURNING voucher_booked""",
            [gross, self.id],
        )
        [after] = self.env.cr.fetchone()
        self.invalidate_recordset(["voucher_booked"])
        return self.company_id.sudo().currency_id.round(float(after))
