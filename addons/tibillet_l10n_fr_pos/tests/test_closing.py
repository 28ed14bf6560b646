from unittest.mock import patch

from odoo.exceptions import ConcurrencyError

from .common import ChainCase


class TestClosing(ChainCase):
    """Closings stand upon a complete chain."""

    def _close(self):
        cash = self.pos_session.cash_register_balance_end
        self.pos_session.post_closing_cash_details(cash)
        return self.pos_session.close_session_from_ui()

    def test_a_closing_seals_first(self):
        orders = self._sell() + self._sell()
        self.assertEqual(self._close(), {"successful": True})
        self.assertEqual(orders.mapped("state"), ["done", "done"])
        self.assertTrue(all(orders.mapped("l10n_fr_hash")))
        self.assertEqual(self._report()["corrupted_orders"], "None")

    def test_the_session_says_where_its_orders_stand(self):
        self._sell()
        self._sell()
        self._close()
        self.assertIn("2 orders, sealed from n° 1 to n° 2", "".join(self.pos_session.message_ids.mapped("body")))

    def test_a_closing_older_than_a_seal_begins_again(self):
        self._sell()
        seen = iter([(1, 1, 1), (2, 1, 2)])
        session = type(self.pos_session)
        with patch.object(session, "_tibillet_chain", lambda *_args: next(seen)), self.assertRaises(ConcurrencyError):
            self.pos_session.action_pos_session_closing_control()

    def test_totals_count_each_order_once_whatever_its_date(self):
        late = self._sell(date_order="2026-06-01 12:00:00")
        self._sell(date_order="2026-01-01 12:00:00")
        closings = self.env["account.sale.closing"].sudo()
        first = closings._automated_closing("daily").filtered(lambda closing: closing.company_id == self.bar)
        self.assertAlmostEqual(first.total_interval, 2 * late.amount_total)
        self.assertEqual(first.last_order_id.l10n_fr_secure_sequence_number, 2)
        self._sell()
        second = closings._automated_closing("daily").filtered(lambda closing: closing.company_id == self.bar)
        self.assertAlmostEqual(second.total_interval, late.amount_total)
        self.assertAlmostEqual(second.cumulative_total, 3 * late.amount_total)
        third = closings._automated_closing("daily").filtered(lambda closing: closing.company_id == self.bar)
        self.assertEqual(third.total_interval, 0)
        self.assertEqual(third.last_order_id, second.last_order_id)

    def test_top_ups_stand_apart_from_the_totals(self):
        card = self._card()
        line = self._top_up_line(card, 20.0)
        self._sync(self._order([line], [self._payment(self.till, "cash", 20.0)]))
        sold = self._sell() + self._pay_by_card(card, 600)
        self.env.cr.flush()
        closings = self.env["account.sale.closing"].sudo()
        closing = closings._automated_closing("daily").filtered(lambda closing: closing.company_id == self.bar)
        self.assertAlmostEqual(closing.total_interval, sum(sold.mapped("amount_total")))
        self.assertAlmostEqual(closing.cumulative_total, sum(sold.mapped("amount_total")))
        self.assertEqual(closing.tibillet_top_ups, 20.0)
