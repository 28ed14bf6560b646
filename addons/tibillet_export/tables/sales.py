from odoo.tools import SQL

from .order import ORDER_COLUMNS, ORDER_TABLES
from .table import Column, Table


class Sales(Table):
    """One row a line of a paid order: articles, deposits, top-ups, and what came back of them."""

    kind = "sales"
    columns = (
        *ORDER_COLUMNS,
        Column("cashier"),
        Column("line"),
        Column("product_reference"),
        Column("product"),
        Column("category"),
        Column("quantity", "number"),
        Column("unit_price", "number"),
        Column("discount", "number"),
        Column("net", "money"),
        Column("vat_rate", "number"),
        Column("vat", "money"),
        Column("gross", "money"),
        Column("currency"),
        Column("offered", "flag"),
        Column("deposit", "flag"),
        Column("top_up", "flag"),
        Column("refund_of"),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._rates = {}

    def _query(self):
        return SQL(
            """
            SELECT o.date_order, till.name, s.name, z.number, o.name, o.pos_reference, cashier.name, l.uuid,
                   p.default_code, coalesce(l.full_product_name, %s), category.name, l.qty, l.price_unit, l.discount,
                   l.price_subtotal,
                   (SELECT array_agg(r.account_tax_id ORDER BY r.account_tax_id) FROM account_tax_pos_order_line_rel r
                     WHERE r.pos_order_line_id = l.id),
                   l.price_subtotal_incl - l.price_subtotal, l.price_subtotal_incl, currency.name,
                   coalesce(l.tibillet_offered, FALSE), coalesce(t.tibillet_deposit, FALSE),
                   t.tibillet_asset_id IS NOT NULL, refunded.pos_reference, o.fiscal_position_id
              FROM pos_order o
              JOIN pos_order_line l ON l.order_id = o.id
              JOIN product_product p ON p.id = l.product_id
              JOIN product_template t ON t.id = p.product_tmpl_id
              %s
              LEFT JOIN res_users u ON u.id = coalesce(o.tibillet_cashier_id, o.user_id)
              LEFT JOIN res_partner cashier ON cashier.id = u.partner_id
              LEFT JOIN pos_order_line taken ON taken.id = l.refunded_orderline_id
              LEFT JOIN pos_order refunded ON refunded.id = taken.order_id
              LEFT JOIN LATERAL (
                   SELECT %s AS name FROM pos_category_product_template_rel r
                     JOIN pos_category c ON c.id = r.pos_category_id
                    WHERE r.product_template_id = t.id ORDER BY c.sequence, c.id LIMIT 1) category ON TRUE
             WHERE o.company_id = %s AND o.state IN ('paid', 'done') AND %s
             ORDER BY o.date_order, o.id, l.id""",
            self._word(SQL("t.name")),
            ORDER_TABLES,
            self._word(SQL("c.name")),
            self.company.id,
            self._within(SQL("o.date_order")),
        )

    def _row(self, row):
        *values, fiscal_position = row
        values[0] = self._local(values[0])
        values[15] = self._rate(fiscal_position, tuple(values[15] or ()))
        return values

    def _rate(self, fiscal_position, tax_ids):
        """Percent of these taxes as they applied to the order, None without any; asked once a combination."""
        asked = fiscal_position, tax_ids
        if asked not in self._rates:
            # The superuser's: an accountant of a branch reads what the till charged, the head company's tax too.
            position = self.env["account.fiscal.position"].sudo().browse(fiscal_position or ())
            taxes = position.map_tax(self.env["account.tax"].sudo().browse(tax_ids))
            percents = taxes.flatten_taxes_hierarchy().filtered(lambda tax: tax.amount_type == "percent")
            self._rates[asked] = sum(percents.mapped("amount")) if percents else None
        return self._rates[asked]
