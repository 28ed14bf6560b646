from unittest.mock import patch

from .common import ChainCase


class TestSeal(ChainCase):
    """The chain: Odoo's own, written by one writer after the payment."""

    def test_who_pays_waits_for_no_seal_and_takes_no_shared_row(self):
        sequence = self.bar.l10n_fr_pos_cert_sequence_id
        before = sequence.number_next
        order = self._sell()
        self.assertEqual(order.state, "paid")
        self.assertFalse(order.l10n_fr_hash)
        self.assertEqual(sequence.number_next, before)

    def test_the_seal_is_odoo_s_own_hash(self):
        first, second = self._sell(), self._sell()
        self.assertEqual(self._seal(), 2)
        self.assertEqual((first + second).mapped("l10n_fr_secure_sequence_number"), [1, 2])
        self.assertEqual(first.l10n_fr_hash, first._compute_hash(""))
        self.assertEqual(second.l10n_fr_hash, second._compute_hash(first.l10n_fr_hash))
        self.assertEqual(second.previous_order_id, first)
        self.assertEqual(self._report()["corrupted_orders"], "None")

    def test_a_card_s_order_and_a_refund_are_chained_too(self):
        card = self._card(2000)
        order = self._pay_by_card(card, 500)
        self.env.cr.flush()
        self.assertEqual(self._seal(), 1)
        self.assertTrue(order.l10n_fr_hash)

    def test_sealing_again_seals_nothing(self):
        self._sell()
        self.assertEqual([self._seal(), self._seal()], [1, 0])

    def test_more_than_a_batch(self):
        orders = self.env["pos.order"].union(*[self._sell() for _number in range(5)])
        with patch("odoo.addons.tibillet_l10n_fr_pos.models.res_company.BATCH", 2):
            self.assertEqual(self._seal(), 5)
        self.assertEqual(orders.sorted("id").mapped("l10n_fr_secure_sequence_number"), [1, 2, 3, 4, 5])
        self.assertEqual(self._report()["corrupted_orders"], "None")

    def test_a_company_s_chain_is_its_own(self):
        hall_session = self._open_session(self.hall_till)
        self._sell()
        other = self._sell(hall_session)
        (self.bar | self.hall)._tibillet_seal()
        self.assertEqual(other.l10n_fr_secure_sequence_number, 1)
        self.assertEqual(other.l10n_fr_hash, other._compute_hash(""))

    def test_odoo_s_sequence_follows_the_chain(self):
        self._sell()
        self._seal()
        self.assertEqual(self.bar.l10n_fr_pos_cert_sequence_id.number_next, 2)

    def test_the_same_order_synced_twice_is_sealed_once(self):
        values = self._order(
            [line := self._beer_line()], [self._payment(self.till, "cash", line["price_subtotal_incl"])]
        )
        self._sync(dict(values))
        self._sync(dict(values))
        self.env.cr.flush()
        self.assertEqual(self._seal(), 1)

    def test_the_receipt_does_not_miss_a_hash_that_is_to_come(self):
        order = self._sell()
        read = order.read_pos_data([], self.till)["pos.order"][0]
        self.assertEqual(read["l10n_fr_hash"], "")
        self._seal()
        read = order.read_pos_data([], self.till)["pos.order"][0]
        self.assertEqual(read["l10n_fr_hash"], order.l10n_fr_hash)
