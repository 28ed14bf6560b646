import logging
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from odoo.addons.tibillet_base import ledger

from .pos_order import SEAL_LATER

_logger = logging.getLogger(__name__)

LOCK = 0x5EA1  # of the advisory locks of one sealer a company
BATCH = 200
# Between an order's predecessor and its own text, where it was altered before its seal: Odoo's check then names it.
ALTERED = "altered"


class Head(NamedTuple):
    """The last order of a company's chain."""

    number: int
    hash: str
    order_id: int | None


class ResCompany(models.Model):
    _inherit = "res.company"

    def _is_accounting_unalterable(self):
        """Not asked of Odoo's own sealing, at each payment, on a row that every till of the company would lock."""
        return self.env.context.get("tibillet_seal") is not SEAL_LATER and super()._is_accounting_unalterable()

    def _tibillet_seal(self):
        """Chain every order that is paid and committed, one writer at a time, and commit.

        :return: int, how many were sealed
        """
        sealed = 0
        for company in self.filtered(lambda company: company._is_accounting_unalterable()):
            count = BATCH
            while count == BATCH:
                # READ COMMITTED: who waited for the lock sees what the former sealer wrote.
                with ledger.own_cursor(self.env) as cr:
                    env = self.env(cr=cr, su=True)
                    count = company.with_env(env)._tibillet_seal_batch()
                sealed += count
        return sealed

    def _tibillet_seal_batch(self):
        """Seal the next orders in the order of their payment; return how many."""
        cr = self.env.cr
        cr.flush()
        cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.id])
        waiting = self._tibillet_waiting()
        if not waiting:
            return 0
        head = self._tibillet_head()
        first = self._tibillet_numbers(len(waiting), head)
        orders = self.env["pos.order"].browse(waiting)
        seals, previous = [], head
        for number, order in enumerate(orders, first):
            before = previous.hash
            if not waiting[order.id]:
                _logger.error("Order %s was altered between its payment and its seal", order.id)
                before += ALTERED
            seal = Head(number, order._compute_hash(before), order.id)
            seals.append(SQL("(%s, %s, %s, %s::integer)", order.id, number, seal.hash, previous.order_id))
            previous = seal
        self.env.execute_query(
            SQL(
                """UPDATE pos_order o SET l10n_fr_secure_sequence_number = s.number, l10n_fr_hash = s.hash,
                          previous_order_id = s.previous
                     FROM (VALUES %s) s (id, number, hash, previous) WHERE o.id = s.id RETURNING o.id""",
                SQL(", ").join(seals),
            )
        )
        orders.invalidate_recordset(["l10n_fr_secure_sequence_number", "l10n_fr_hash", "previous_order_id"])
        return len(waiting)

    def _tibillet_waiting(self):
        """{id: whether it is still what was paid} of the orders to seal next, in order."""
        self.env.cr.execute(
            """SELECT o.id, e.digest = tibillet_fiscal_digest(o.id)
                 FROM pos_order o JOIN tibillet_fiscal_entry e ON e.order_id = o.id
                WHERE o.company_id = %s AND o.state IN ('paid', 'done')
                  AND COALESCE(o.l10n_fr_secure_sequence_number, 0) = 0
                ORDER BY e.id LIMIT %s""",
            [self.id, BATCH],
        )
        return dict(self.env.cr.fetchall())

    def _tibillet_head(self):
        self.env.cr.execute(
            """SELECT l10n_fr_secure_sequence_number, l10n_fr_hash, id FROM pos_order
                WHERE company_id = %s AND l10n_fr_secure_sequence_number > 0
                ORDER BY l10n_fr_secure_sequence_number DESC LIMIT 1""",
            [self.id],
        )
        return Head(*(self.env.cr.fetchone() or (0, "", None)))

    def _tibillet_numbers(self, count, head):
        """Take so many numbers of Odoo's own sequence, and return the first: a deleted tail leaves its gap."""
        [[after]] = self.env.execute_query(
            SQL(
                """UPDATE ir_sequence SET number_next = greatest(number_next, %s) + %s WHERE id = %s
                   RETURNING number_next""",
                head.number + 1,
                count,
                self.l10n_fr_pos_cert_sequence_id.id,
            )
        )
        self.l10n_fr_pos_cert_sequence_id.invalidate_recordset(["number_next"])
        return after - count

    # --- proof ------------------------------------------------------------------------------------------------------

    def _check_pos_hash_integrity(self):
        """Odoo's own check of the chain, of all that was paid: nothing unsealed, nothing missing."""
        self._tibillet_seal()
        report = super()._check_pos_hash_integrity()
        missing = self._tibillet_missing()
        if missing and report:
            known = [] if report["corrupted_orders"] == "None" else [report["corrupted_orders"]]
            report["corrupted_orders"] = ", ".join(known + missing)
            report["msg_alert"] = self.env._("Orders are missing from the fiscal chain: %s", ", ".join(missing))
        return report

    def _tibillet_missing(self):
        """What the chain should hold and does not: deleted orders, paid orders that were never entered, gaps."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT format('#%%s', e.order_id) FROM tibillet_fiscal_entry e
                 LEFT JOIN pos_order o ON o.id = e.order_id AND o.state IN ('paid', 'done')
                WHERE e.company_id = %(company)s AND o.id IS NULL
               UNION ALL
               SELECT coalesce(o.pos_reference, o.name) FROM pos_order o
                WHERE o.company_id = %(company)s AND o.state IN ('paid', 'done')
                  AND COALESCE(o.l10n_fr_secure_sequence_number, 0) = 0
                  AND o.id > (SELECT min(order_id) FROM tibillet_fiscal_entry WHERE company_id = %(company)s)
                  AND NOT EXISTS (SELECT FROM tibillet_fiscal_entry e WHERE e.order_id = o.id)
               UNION ALL
               SELECT format('n° %%s', number - 1) FROM (
                   SELECT l10n_fr_secure_sequence_number number,
                          lag(l10n_fr_secure_sequence_number) OVER (ORDER BY l10n_fr_secure_sequence_number) former
                     FROM pos_order WHERE company_id = %(company)s AND l10n_fr_secure_sequence_number > 0) chain
                WHERE number > coalesce(former, 0) + 1""",
            {"company": self.id},
        )
        return [name for (name,) in self.env.cr.fetchall()]
