import psycopg2

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import ChainCase


class TestFrozen(ChainCase):
    """From the payment on, sealed or not, nothing is changed."""

    def setUp(self):
        super().setUp()
        self.order = self._sell()

    def _refused(self, message, do):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            do()

    def test_a_paid_order_s_fields(self):
        self._refused("French law", lambda: self.order.write({"pos_reference": "other"}))

    def test_its_lines(self):
        line = self.order.lines
        self._refused("what was paid", lambda: line.write({"qty": 2}))
        self._refused("what was paid", lambda: line.write({"price_subtotal_incl": 1}))
        self._refused("what was paid", lambda: line.copy({"order_id": self.order.id}))

    def test_its_payments(self):
        payment = self.order.payment_ids
        self._refused("what was paid", lambda: payment.write({"amount": 1}))
        self._refused("what was paid", payment.unlink)
        self._refused("what was paid", lambda: payment.copy({"pos_order_id": self.order.id, "uuid": "x"}))

    def test_a_line_or_payment_of_an_open_order_changes_freely(self):
        draft = self._sync(self._order([self._beer_line()], state="draft"))
        draft.lines.qty = 2
        self.assertEqual(draft.lines.qty, 2)

    def test_nobody_writes_a_seal(self):
        for vals in ({"l10n_fr_hash": "f" * 64}, {"l10n_fr_secure_sequence_number": 7}):
            with self.subTest(vals=vals):
                self._refused("sealed by the server alone", lambda vals=vals: self.order.write(vals))
                self._refused(
                    "sealed by the server alone", lambda vals=vals: self.order.with_user(self.cashier).write(vals)
                )

    def test_an_order_is_not_born_sealed_nor_paid(self):
        session = self.pos_session
        vals = {
            "session_id": session.id,
            "company_id": self.bar.id,
            "amount_total": 5,
            "amount_tax": 0,
            "amount_paid": 5,
        }
        orders = self.env["pos.order"].with_user(self.cashier)
        vals["amount_return"] = 0
        self._refused("sealed by the server alone", lambda: orders.create({**vals, "l10n_fr_hash": "f" * 64}))
        self.assertEqual(orders.create({**vals, "state": "paid"}).state, "draft")

    def test_a_context_sent_by_a_client_opens_nothing(self):
        for forged in (True, "SEAL_LATER", 1):
            order = self.order.with_context(tibillet_seal=forged)
            self._refused("French law", lambda order=order: order.write({"pos_reference": "other"}))

    def test_postgresql_keeps_seals_and_entries(self):
        self._seal()
        for query in (
            "UPDATE pos_order SET l10n_fr_hash = 'f' WHERE id = %s",
            "UPDATE pos_order SET l10n_fr_secure_sequence_number = 99 WHERE id = %s",
            "UPDATE tibillet_fiscal_entry SET digest = 'f' WHERE order_id = %s",
            "DELETE FROM tibillet_fiscal_entry WHERE order_id = %s",
        ):
            with self.subTest(query=query), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
                    self.env.cr.execute(query, [self.order.id])

    def test_two_orders_never_bear_one_number(self):
        self._seal()
        other = self._sell()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE pos_order SET l10n_fr_secure_sequence_number = 1, l10n_fr_hash = 'f' WHERE id = %s", [other.id]
            )
