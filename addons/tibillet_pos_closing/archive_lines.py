"""What a fiscal archive holds, read from PostgreSQL a thousand rows at a time: queries of a key and a line of JSON."""

from .proof import archive, chain

BATCH = 1000

_SESSIONS = "session_id = ANY(%(sessions)s)"
_QUERIES = {
    archive.ORDERS: f"""
        SELECT o.id, jsonb_build_object(
            'uuid', o.uuid, 'reference', o.pos_reference, 'name', o.name, 'date', o.date_order, 'state', o.state,
            'session', s.name, 'cashier', coalesce(o.tibillet_cashier_id, o.user_id),
            'total', o.amount_total, 'tax', o.amount_tax, 'paid', o.amount_paid, 'printed', o.nb_print,
            'lines', (SELECT jsonb_agg(jsonb_build_object(
                'uuid', l.uuid, 'product', l.product_id, 'name', l.full_product_name, 'qty', l.qty,
                'price', l.price_unit, 'discount', l.discount, 'untaxed', l.price_subtotal,
                'total', l.price_subtotal_incl, 'offered', l.tibillet_offered, 'refund_of', f.uuid,
                'taxes', (SELECT jsonb_agg(t.name ORDER BY t.id) FROM account_tax t
                            JOIN account_tax_pos_order_line_rel r ON r.account_tax_id = t.id
                           WHERE r.pos_order_line_id = l.id)) ORDER BY l.id)
                FROM pos_order_line l LEFT JOIN pos_order_line f ON f.id = l.refunded_orderline_id
               WHERE l.order_id = o.id),
            'payments', (SELECT jsonb_agg(jsonb_build_object(
                'uuid', p.uuid, 'method', m.name, 'amount', p.amount, 'date', p.payment_date, 'change', p.is_change,
                'card', p.tibillet_card) ORDER BY p.id)
                FROM pos_payment p JOIN pos_payment_method m ON m.id = p.payment_method_id WHERE p.pos_order_id = o.id)
            )::text
          FROM pos_order o JOIN pos_session s ON s.id = o.session_id
         WHERE o.{_SESSIONS} AND o.state IN ('paid', 'done') AND o.id > %(after)s ORDER BY o.id LIMIT %(batch)s""",
    "corrections.jsonl": f"""
        SELECT c.id, jsonb_build_object('date', c.create_date, 'order', o.uuid, 'session', s.name, 'from', f.name,
                   'to', t.name, 'amount', c.amount, 'reason', c.reason, 'cashier', c.cashier_id)::text
          FROM tibillet_payment_correction c JOIN pos_order o ON o.id = c.order_id JOIN pos_session s ON s.id = c.session_id
          JOIN pos_payment_method f ON f.id = c.from_method_id JOIN pos_payment_method t ON t.id = c.to_method_id
         WHERE c.{_SESSIONS} AND c.id > %(after)s ORDER BY c.id LIMIT %(batch)s""",
    "cash_moves.jsonl": """
        SELECT b.id, jsonb_build_object('date', b.create_date, 'session', s.name, 'kind', b.tibillet_till_move,
                   'amount', b.amount, 'label', b.payment_ref, 'by', b.create_uid)::text
          FROM account_bank_statement_line b JOIN pos_session s ON s.id = b.pos_session_id
         WHERE b.pos_session_id = ANY(%(sessions)s) AND b.tibillet_till_move IS NOT NULL AND b.id > %(after)s
         ORDER BY b.id LIMIT %(batch)s""",
    "acts.jsonl": f"""
        SELECT a.id, jsonb_build_object('date', a.create_date, 'session', s.name, 'kind', a.kind, 'amount', a.amount,
                   'currency', x.code, 'card', a.card_number, 'cashier', a.cashier_id, 'approver', a.approver_id,
                   'reason', a.reason, 'order', a.order_uuid)::text
          FROM tibillet_till_act a JOIN pos_session s ON s.id = a.session_id LEFT JOIN tibillet_asset x ON x.id = a.asset_id
         WHERE a.{_SESSIONS} AND a.id > %(after)s ORDER BY a.id LIMIT %(batch)s""",
    "prints.jsonl": f"""
        SELECT p.id, jsonb_build_object('date', p.create_date, 'session', s.name, 'order', o.uuid, 'kind', p.kind,
                   'duplicate', p.copy_number, 'closing', c.number, 'by', p.user_id)::text
          FROM tibillet_print p LEFT JOIN pos_session s ON s.id = p.session_id LEFT JOIN pos_order o ON o.id = p.order_id
          LEFT JOIN tibillet_closing c ON c.id = p.closing_id
         WHERE p.{_SESSIONS} AND p.id > %(after)s ORDER BY p.id LIMIT %(batch)s""",
    "users.jsonl": """
        SELECT u.id, jsonb_build_object('id', u.id, 'name', p.name, 'login', u.login)::text
          FROM res_users u JOIN res_partner p ON p.id = u.partner_id
         WHERE u.id > %(after)s AND u.id IN (
                   SELECT coalesce(tibillet_cashier_id, user_id) FROM pos_order WHERE session_id = ANY(%(sessions)s)
                   UNION SELECT cashier_id FROM tibillet_till_act WHERE session_id = ANY(%(sessions)s)
                   UNION SELECT approver_id FROM tibillet_till_act WHERE session_id = ANY(%(sessions)s)
                   UNION SELECT user_id FROM tibillet_print WHERE session_id = ANY(%(sessions)s)
                   UNION SELECT cashier_id FROM tibillet_payment_correction WHERE session_id = ANY(%(sessions)s)
                   UNION SELECT create_uid FROM account_bank_statement_line WHERE pos_session_id = ANY(%(sessions)s))
         ORDER BY u.id LIMIT %(batch)s""",
}
_CLOSINGS = """
    SELECT number, jsonb_build_object(
        'company', company_id, 'level', level, 'number', number, 'payload', payload, 'hash', hash,
        'previous_hash', previous_hash, 'signature', signature, 'public_key', public_key,
        'sales', round(total_sales * 100)::bigint, 'top_ups', round(total_top_ups * 100)::bigint,
        'perpetual_sales', round(perpetual_sales * 100)::bigint,
        'perpetual_top_ups', round(perpetual_top_ups * 100)::bigint)::text
      FROM tibillet_closing
     WHERE company_id = %(company)s AND level = %(level)s AND date_to >= %(since)s AND date_to < %(until)s
       AND number > %(after)s ORDER BY number LIMIT %(batch)s"""
_HEAD = """
    SELECT h.number, h.hash, round(h.perpetual_sales * 100)::bigint, round(h.perpetual_top_ups * 100)::bigint, h.last
      FROM tibillet_closing h
     WHERE company_id = %(company)s AND level = %(level)s
       AND number = (SELECT min(number) - 1 FROM tibillet_closing WHERE company_id = %(company)s AND level = %(level)s
                        AND date_to >= %(since)s AND date_to < %(until)s)"""


class ArchiveLines:
    """The lines of each file of a company's archive: what closed from `since` until `until` (UTC, excluded)."""

    def __init__(self, company, since, until):
        self.env = company.env
        self.env.flush_all()
        self.asked = {"company": company.id, "since": since, "until": until, "batch": BATCH}
        self.env.cr.execute(
            """SELECT array_agg(session_id) FROM tibillet_closing WHERE company_id = %(company)s
                  AND level = 'session' AND date_to >= %(since)s AND date_to < %(until)s""",
            self.asked,
        )
        self.asked["sessions"] = self.env.cr.fetchone()[0] or []

    def files(self):
        """{name of a file: its lines}, lines read as they are asked for."""
        yield archive.CLOSINGS, self._closings()
        for name, query in _QUERIES.items():
            yield name, self._lines(query)
        yield archive.SEALS, self._seals()

    def heads(self):
        """{level: the closing before the first of the archive}, as :func:`chain.closings_breaks` takes it."""
        heads = {}
        for level in ("session", "day", "month", "year"):
            self.env.cr.execute(_HEAD, {**self.asked, "level": level})
            for number, hash_, sales, top_ups, last in self.env.cr.fetchall():
                heads[level] = {"number": number, "hash": hash_, "perpetual": [sales, top_ups], "last": last or 0}
        return heads

    def chain_head(self):
        """{number, hash} of the order before the first of the fiscal chain here; empty where no French law chains orders."""
        if not (numbers := self._numbers()):
            return {}
        return {"number": numbers[0] - 1, "hash": self._sealed(numbers[0] - 1).l10n_fr_hash or ""}

    def _lines(self, query, **asked):
        after = 0
        while True:
            self.env.cr.execute(query, {**self.asked, **asked, "after": after})
            rows = self.env.cr.fetchall()
            for _key, line in rows:
                yield line
            if len(rows) < BATCH:
                return
            after = rows[-1][0]

    def _closings(self):
        for level in ("session", "day", "month", "year"):
            yield from self._lines(_CLOSINGS, level=level)

    def _numbers(self):
        """(first, last) number that these sessions' orders have in the chain of French law, or nothing."""
        if "l10n_fr_secure_sequence_number" not in self.env["pos.order"]._fields:
            return ()
        self.env.cr.execute(
            """SELECT min(l10n_fr_secure_sequence_number), max(l10n_fr_secure_sequence_number) FROM pos_order
                WHERE session_id = ANY(%(sessions)s) AND l10n_fr_secure_sequence_number > 0""",
            self.asked,
        )
        first, last = self.env.cr.fetchone()
        return (first, last) if first else ()

    def _sealed(self, first, last=None):
        return self.env["pos.order"].search(
            [
                ("company_id", "=", self.asked["company"]),
                ("l10n_fr_secure_sequence_number", ">=", first),
                ("l10n_fr_secure_sequence_number", "<=", last or first),
            ],
            order="l10n_fr_secure_sequence_number",
        )

    def _seals(self):
        """Every order from the first to the last number, also those of sessions that close later: no gap is hidden."""
        if not (numbers := self._numbers()):
            return
        for first in range(numbers[0], numbers[1] + 1, BATCH):
            for order in self._sealed(first, min(first + BATCH - 1, numbers[1])):
                yield chain.payload(
                    {
                        "number": order.l10n_fr_secure_sequence_number,
                        "uuid": order.uuid,
                        "reference": order.pos_reference,
                        "text": order.l10n_fr_string_to_hash,
                        "hash": order.l10n_fr_hash,
                    }
                )
            self.env.invalidate_all()
