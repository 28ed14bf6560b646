from odoo.tools import mute_logger

from .common import ChainCase

SEALER = "odoo.addons.tibillet_l10n_fr_pos.models.res_company"


class TestProof(ChainCase):
    """What somebody with the database's password does is seen."""

    def setUp(self):
        super().setUp()
        self.first, self.second, self.third = self._sell(), self._sell(), self._sell()

    def _corrupted(self):
        return self._report()["corrupted_orders"]

    def test_nothing_happened(self):
        self.assertEqual(self._corrupted(), "None")
        self.assertEqual(self._report()["msg_alert"], "None")

    def test_altered_between_the_payment_and_the_seal(self):
        self._sql("UPDATE pos_order_line SET price_unit = 1 WHERE order_id = %s", self.second.id)
        with self.assertLogs(SEALER, "ERROR"):
            self._seal()
        self.assertEqual(self._corrupted(), self.second.name)

    def test_an_amount_altered_before_the_seal_which_odoo_s_chain_leaves_out(self):
        self._sql("UPDATE pos_payment SET amount = 1 WHERE pos_order_id = %s", self.second.id)
        with self.assertLogs(SEALER, "ERROR"):
            self._seal()
        self.assertEqual(self._corrupted(), self.second.name)

    def test_a_line_added_before_the_seal(self):
        self._sql(
            """INSERT INTO pos_order_line (name, order_id, product_id, price_subtotal, price_subtotal_incl)
               SELECT 'x', order_id, product_id, 1, 1 FROM pos_order_line WHERE order_id = %s""",
            self.second.id,
        )
        with mute_logger(SEALER):
            self._seal()
        self.assertEqual(self._corrupted(), self.second.name)

    def test_altered_after_the_seal(self):
        self._seal()
        self._sql("UPDATE pos_order_line SET qty = 9 WHERE order_id = %s", self.second.id)
        self.assertEqual(self._corrupted(), self.second.name)

    def test_deleted_before_the_seal(self):
        self._delete(self.second)
        self.assertIn(f"#{self.second.id}", self._corrupted())

    def test_the_last_one_deleted_after_the_seal(self):
        self._seal()
        self._delete(self.third)
        self.assertEqual(self._corrupted(), f"#{self.third.id}")
        fourth = self._sell()
        self._seal()
        self.assertEqual(fourth.l10n_fr_secure_sequence_number, 4)
        self.assertIn("n° 3", self._corrupted())

    def test_put_back_to_draft(self):
        self._sql("UPDATE pos_order SET state = 'draft' WHERE id = %s", self.second.id)
        self.assertIn(f"#{self.second.id}", self._corrupted())

    def test_a_paid_order_that_no_till_paid(self):
        draft = self._sync(self._order([self._beer_line()], state="draft"))
        self._sql("UPDATE pos_order SET state = 'paid' WHERE id = %s", draft.id)
        self.assertIn(draft.pos_reference, self._corrupted())

    def _delete(self, order):
        self._sql("DELETE FROM pos_payment WHERE pos_order_id = %s", order.id)
        self._sql("DELETE FROM pos_order WHERE id = %s", order.id)
