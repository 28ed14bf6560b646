"""What a session made, counted by PostgreSQL: hundredths and names, nested so that periods merge by adding."""

from odoo.tools import SQL

HUNDREDTHS = 100


def merge(total, part):
    """Add `part` to `total` in place, key by key: numbers add up, names stay."""
    for key, value in part.items():
        if isinstance(value, dict):
            merge(total.setdefault(key, {}), value)
        elif isinstance(value, str):
            total.setdefault(key, value)
        else:
            total[key] = total.get(key, 0) + value
    return total


def median(histogram):
    """Median of {amount: how many}, rounded down; 0 of nothing."""
    values = sorted((int(amount), count) for amount, count in histogram.items())
    half = (sum(count for _amount, count in values) + 1) // 2
    for amount, count in values:
        half -= count
        if half <= 0:
            return amount
    return 0


class SessionFigures:
    """The figures of one session, open or closed; `lines` of an order are articles, deposits or fillings of a card."""

    def __init__(self, session):
        self.session = session.sudo()
        self.env = self.session.env
        self.scale = HUNDREDTHS

    def all(self):
        """Every figure: see each method; amounts in hundredths, quantities in thousandths."""
        fillings = self._fillings()
        return {
            "payments": self._payments(),
            "assets": self._assets(),
            "vat": self._vat(),
            "cash": self._cash(),
            "products": self._products(),
            "cashiers": self._cashiers(),
            "acts": self._acts(),
            "gift_off": self._gift_off(),
            **self._deposits(),
            **fillings,
            **self._orders(),
        }

    def _query(self, query, *args):
        self.env.flush_all()
        return self.env.execute_query(SQL(query, *args))

    def _paid(self):
        return SQL("o.session_id = %s AND o.state IN ('paid', 'done')", self.session.id)

    def _minor(self, column):
        return SQL("round(%s * %s)::bigint", column, self.scale)

    def _flag(self, model, name, column):
        """A yes/no column that another part of the till brings, or no."""
        return SQL("coalesce(%s, FALSE)", column) if name in self.env[model]._fields else SQL("FALSE")

    def _is_deposit(self):
        return self._flag("product.template", "tibillet_deposit", SQL("t.tibillet_deposit"))

    def _is_offered(self):
        return self._flag("pos.order.line", "tibillet_offered", SQL("l.tibillet_offered"))

    def _lines(self):
        return SQL(
            """pos_order_line l JOIN pos_order o ON o.id = l.order_id AND %s
               JOIN product_product p ON p.id = l.product_id JOIN product_template t ON t.id = p.product_tmpl_id""",
            self._paid(),
        )

    def _orders(self):
        """How many orders, how many hold an article, what they asked, and the cards that came."""
        [(orders, takings)] = self._query(
            "SELECT count(*), coalesce(sum(%s), 0) FROM pos_order o WHERE %s",
            self._minor(SQL("o.amount_total")),
            self._paid(),
        )
        [(baskets, sales)] = self._query(
            "SELECT count(DISTINCT o.id), coalesce(sum(%s), 0) FROM %s WHERE t.tibillet_asset_id IS NULL AND NOT %s",
            self._minor(SQL("l.price_subtotal_incl")),
            self._lines(),
            self._is_deposit(),
        )
        [(cards,)] = self._query(
            """SELECT count(*) FROM (
                   SELECT x.tibillet_card FROM pos_payment x JOIN pos_order o ON o.id = x.pos_order_id AND %s
                    WHERE x.tibillet_card <> ''
                   UNION SELECT l.tibillet_card FROM %s WHERE l.tibillet_card <> '') card""",
            self._paid(),
            self._lines(),
        )
        return {
            "orders": orders, "baskets": baskets, "takings": int(takings), "sales": int(sales), "cards": cards,
        }  # fmt: skip

    def _payments(self):
        """By method: how many, what they paid, and what a correction moved to or from it."""
        rows = self._query(
            """SELECT x.payment_method_id, count(*) FILTER (WHERE x.is_change IS NOT TRUE), sum(%s)::bigint
                 FROM pos_payment x JOIN pos_order o ON o.id = x.pos_order_id AND %s GROUP BY 1""",
            self._minor(SQL("x.amount")),
            self._paid(),
        )
        methods = {
            id_: {"count": count, "amount": amount, "corrected": 0} for id_, count, amount in rows if count or amount
        }
        for method, amount in self.session._tibillet_corrected().items():
            row = methods.setdefault(method.id, {"count": 0, "amount": 0, "corrected": 0})
            row["corrected"] += round(amount * self.scale)
        browse = self.env["pos.payment.method"].browse
        return {
            str(id_): {"name": browse(id_).name, "kind": browse(id_)._tibillet_kind(), **row}
            for id_, row in methods.items()
        }

    def _assets(self):
        """By currency of the cards, in its own units: what holders gained by each kind of act of this session."""
        rows = self._query(
            """SELECT g.asset_id, coalesce(made.kind, g.kind), sum(g.amount)::bigint
                 FROM (SELECT 'pos.payment:' || x.uuid || made.suffix AS key, made.kind FROM pos_payment x
                         JOIN pos_order o ON o.id = x.pos_order_id AND %s
                         CROSS JOIN (VALUES ('', NULL), ('/gift', 'taken_off')) made (suffix, kind)
                       UNION ALL SELECT 'pos.order:' || o.uuid || '/gift', NULL FROM pos_order o WHERE %s
                       UNION ALL SELECT 'pos.order.line:' || l.uuid, NULL FROM %s) made
                 JOIN tibillet_ledger_transaction a ON a.key = made.key
                 JOIN tibillet_ledger_posting g ON g.transaction_id = a.id AND g.balance_id IS NOT NULL
                GROUP BY 1, 2""",
            self._paid(),
            self._paid(),
            self._lines(),
        )
        assets = {}
        for asset_id, kind, amount in rows:
            asset = self.env["tibillet.asset"].browse(asset_id)
            row = assets.setdefault(
                str(asset_id),
                {"name": asset.name, "kind": asset.kind, "top_up": 0, "spend": 0, "refund": 0, "cash_out": 0},
            )
            row[kind] = row.get(kind, 0) + amount
        return assets

    def _fillings(self):
        """Cards filled, and paid back: how many, how much, and each amount's count."""
        rows = self._query(
            "SELECT %s, count(*) FROM %s WHERE t.tibillet_asset_id IS NOT NULL AND l.qty <> 0 GROUP BY 1",
            self._minor(SQL("l.price_subtotal_incl")),
            self._lines(),
        )
        filled = {str(amount): count for amount, count in rows if amount > 0}
        return {
            "top_ups": self._summed(rows, lambda amount: amount > 0),
            "pay_backs": self._summed(rows, lambda amount: amount < 0),
            "top_up_amounts": filled,
        }

    def _summed(self, rows, keep):
        kept = [(amount, count) for amount, count in rows if keep(amount)]
        return {
            "count": sum(count for _amount, count in kept), "amount": sum(amount * count for amount, count in kept),
        }  # fmt: skip

    def _gift_off(self):
        """What gift credit took off the prices, less what came back."""
        [(amount,)] = self._query(
            "SELECT coalesce(-sum(%s), 0)::bigint FROM %s WHERE l.product_id = %s",
            self._minor(SQL("l.price_subtotal_incl")),
            self._lines(),
            self.session.company_id.tibillet_gift_product_id.id or 0,
        )
        return amount

    def _deposits(self):
        """Cups and other deposits, out and back."""
        rows = self._query(
            "SELECT l.qty > 0, sum(round(abs(l.qty) * 1000))::bigint, sum(%s)::bigint FROM %s WHERE %s GROUP BY 1",
            self._minor(SQL("l.price_subtotal_incl")),
            self._lines(),
            self._is_deposit(),
        )
        sides = {out: {"qty": qty, "amount": amount} for out, qty, amount in rows}
        nothing = {"qty": 0, "amount": 0}
        return {"deposits_out": sides.get(True, nothing), "deposits_back": sides.get(False, nothing)}

    def _products(self):
        """By article: sold and offered, what was offered would have cost, its cost, without and with tax."""
        offered = self._is_offered()
        listed = "tibillet_list_price" in self.env["pos.order.line"]._fields
        worth = SQL("l.qty * l.tibillet_list_price") if listed else SQL("0")
        rows = self._query(
            """SELECT l.product_id,
                      coalesce(sum(round(l.qty * 1000)) FILTER (WHERE NOT %s), 0)::bigint,
                      coalesce(sum(round(l.qty * 1000)) FILTER (WHERE %s), 0)::bigint,
                      coalesce(sum(%s) FILTER (WHERE %s), 0)::bigint,
                      coalesce(sum(%s), 0)::bigint, sum(%s)::bigint, sum(%s)::bigint
                 FROM %s WHERE t.tibillet_asset_id IS NULL AND NOT %s GROUP BY 1""",
            offered,
            offered,
            self._minor(worth),
            offered,
            self._minor(SQL("l.total_cost")),
            self._minor(SQL("l.price_subtotal")),
            self._minor(SQL("l.price_subtotal_incl")),
            self._lines(),
            self._is_deposit(),
        )
        products = self.env["product.product"].browse(row[0] for row in rows)
        names = {product.id: (product.display_name, product.pos_categ_ids[:1].name or "") for product in products}
        return {
            str(id_): {
                "name": names[id_][0], "category": names[id_][1], "qty": qty, "offered": gone, "offered_worth": lost,
                "cost": cost, "untaxed": untaxed, "total": total,
            }
            for id_, qty, gone, lost, cost, untaxed, total in rows
        }  # fmt: skip

    def _vat(self):
        """By tax, base and amount: of the entries once closed; before, of the orders' lines."""
        moves = self.session.move_id | self.session.order_ids.account_move.filtered(lambda move: move.state == "posted")
        if self.session.state == "closed":
            return self._vat_booked(moves)
        rates = {}
        for ids, base, amount in self._vat_of_lines():
            for tax in self.env["account.tax"].browse(ids):
                row = rates.setdefault(str(tax.id), {"name": tax.name, "base": 0, "amount": 0})
                row["base"] += base
                row["amount"] += amount if len(ids) == 1 else round(base * tax.amount / 100)
        return rates

    def _vat_of_lines(self):
        return self._query(
            """SELECT taxes, sum(base)::bigint, sum(tax)::bigint FROM (
                   SELECT array_agg(r.account_tax_id ORDER BY r.account_tax_id) AS taxes, %s AS base, %s - %s AS tax
                     FROM %s JOIN account_tax_pos_order_line_rel r ON r.pos_order_line_id = l.id GROUP BY l.id) line
                GROUP BY 1""",
            self._minor(SQL("l.price_subtotal")),
            self._minor(SQL("l.price_subtotal_incl")),
            self._minor(SQL("l.price_subtotal")),
            self._lines(),
        )

    def _vat_booked(self, moves):
        rows = self._query(
            """SELECT tax, sum(base), sum(amount) FROM (
                   SELECT r.account_tax_id AS tax, -l.balance AS base, 0 AS amount FROM account_move_line l
                     JOIN account_move_line_account_tax_rel r ON r.account_move_line_id = l.id WHERE l.move_id = ANY(%s)
                   UNION ALL SELECT l.tax_line_id, 0, -l.balance FROM account_move_line l
                    WHERE l.move_id = ANY(%s) AND l.tax_line_id IS NOT NULL) part GROUP BY tax""",
            moves.ids,
            moves.ids,
        )
        taxes = self.env["account.tax"]
        return {
            str(id_): {
                "name": taxes.browse(id_).name, "base": round(base * self.scale), "amount": round(amount * self.scale),
            }
            for id_, base, amount in rows
        }  # fmt: skip

    def _cash(self):
        """The drawer: float, payments, in, out, taken to the bank, what should be there, what was counted."""
        moved = dict.fromkeys(("in", "out", "deposit"), 0)
        for kind, amount in self._query(
            """SELECT tibillet_till_move, sum(%s)::bigint FROM account_bank_statement_line
                WHERE pos_session_id = %s AND tibillet_till_move IS NOT NULL GROUP BY 1""",
            self._minor(SQL("amount")),
            self.session.id,
        ):
            moved[kind] = amount
        opening = round(self.session.cash_register_balance_start * self.scale)
        paid = sum(row["amount"] + row["corrected"] for row in self._payments().values() if row["kind"] == "cash")
        expected = opening + paid + sum(moved.values())
        counted = round(self.session.cash_register_balance_end_real * self.scale)
        return {
            "float": opening, "payments": paid, **moved, "expected": expected, "counted": counted,
            "difference": counted - expected if self.session.state != "opened" else 0,
        }  # fmt: skip

    def _cashiers(self):
        rows = self._query(
            "SELECT coalesce(o.tibillet_cashier_id, o.user_id), count(*), sum(%s)::bigint FROM pos_order o WHERE %s GROUP BY 1",
            self._minor(SQL("o.amount_total")),
            self._paid(),
        )
        users = self.env["res.users"].browse
        return {str(id_): {"name": users(id_).name or "", "count": n, "amount": sum_} for id_, n, sum_ in rows}

    def _acts(self):
        """What was done beside sales, by kind and by who approved it; amounts where they are of the till's currency."""
        rows = self._query(
            """SELECT kind, approver_id, count(*), coalesce(sum(amount) FILTER (WHERE asset_id IS NULL), 0)::bigint
                 FROM tibillet_till_act WHERE session_id = %s AND kind <> 'login' GROUP BY 1, 2""",
            self.session.id,
        )
        users = self.env["res.users"].browse
        return {
            f"{kind}:{approver or 0}": {
                "kind": kind, "approver": users(approver).name or "", "count": count, "amount": amount,
            }
            for kind, approver, count, amount in rows
        }  # fmt: skip
