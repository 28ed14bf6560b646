import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import ClosingCase


class TestPrint(ClosingCase):
    """What is printed is logged; what is printed again is a duplicate, as the server counts."""

    def test_a_receipt_printed_again_is_a_duplicate(self):
        order = self._sell(6.0).with_user(self.cashier)
        self.assertEqual([order.tibillet_log_print("bill"), order.tibillet_log_print("sale")], [0, 0])
        self.assertEqual([order.tibillet_log_print("sale"), order.tibillet_log_print("sale")], [1, 2])
        prints = self.env["tibillet.print"].search([("order_id", "=", order.id)], order="id")
        self.assertEqual(prints.mapped("copy_number"), [0, 0, 1, 2])
        self.assertEqual((prints.user_id, prints.session_id), (self.cashier, self.pos_session))

    def test_a_till_forges_no_print(self):
        order = self._sell(6.0)
        with self.assertRaisesRegex(UserError, "receipt or a bill"):
            order.with_user(self.cashier).tibillet_log_print("closing")
        with self.assertRaises(AccessError):
            order.with_user(
                self._account_user("stranger", self.hall, "tibillet_base.group_cashier")
            ).tibillet_log_print("sale")

    def test_a_closing_printed_is_logged_and_marked(self):
        self._sell(6.0)
        ticket = self._close_till().with_user(self.manager)
        reports = self.env["ir.actions.report"].with_user(self.manager)
        papers = [
            reports._render_qweb_pdf("tibillet_pos_closing.report_closing_a4", ticket.ids)[0] for _again in range(2)
        ]
        self.assertEqual([b"DUPLICATE no." in paper for paper in papers], [False, True])
        prints = self.env["tibillet.print"].with_user(self.manager).search([("closing_id", "=", ticket.id)], order="id")
        self.assertEqual((prints.mapped("kind"), prints.mapped("copy_number")), (["closing"] * 2, [0, 1]))

    @mute_logger("odoo.sql_db")
    def test_the_log_is_for_good(self):
        order = self._sell(6.0)
        order.with_user(self.cashier).tibillet_log_print("sale")
        printed = self.env["tibillet.print"].search([("order_id", "=", order.id)])
        with self.assertRaises(AccessError):
            printed.with_user(self.cashier).read(["kind"])
        with self.assertRaisesRegex(UserError, "not rewritten"):
            printed.copy_number = 3
        with self.assertRaisesRegex(UserError, "stays in the log"):
            printed.sudo().unlink()
        with self.assertRaisesRegex(psycopg2.Error, "append only"), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM tibillet_print")
