import uuid

from odoo.tests import tagged

from odoo.addons.tibillet_base import ledger

from .common import TillCase


@tagged("post_install", "-at_install")
class TestRelease(TillCase):
    """What a tap holds comes back to the card whenever no order takes it."""

    def _held_order(self, card, cents=300, state="draft"):
        order_uuid = str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, cents)
        return {
            **self._order([self._beer_line(price=self._untaxed(cents / 100))], [payment], order_uuid),
            "state": state,
        }

    def _release(self, hold, session=None):
        return self.env["tibillet.till"].with_user(self.cashier)._release((session or self.pos_session).id, hold)

    def test_cancelled_payment(self):
        card = self._card(1000)
        hold = self._authorise(card, 300)["hold"]
        self.assertEqual(self._release(hold), {"status": "released"})
        self.assertEqual(self._held(card), (1000, 0))
        self.assertEqual(self._release(hold), {"status": "released"})

    def test_captured_payment_stays(self):
        card = self._card(1000)
        order = self._pay_by_card(card, 300)
        with self.assertUnchanged():
            self.assertEqual(self._release(order.payment_ids.tibillet_hold), {"status": "captured"})

    def test_hold_of_nobody_or_of_another_till(self):
        card = self._card(1000)
        other_session = self._open_session(self.bar._tibillet_open_till("Second till"))
        foreign = self._authorise(card, 100, session=other_session)["hold"]
        for hold in ("pos.payment:unknown", None, 5, ["x"], foreign):
            with self.subTest(hold=hold), self.assertUnchanged():
                answer = self._release(hold)
                self.assertEqual(answer["code"], "foreign")
                self.assertEqual(answer["message"], "This payment was not started at this till.")

    def test_line_tapped_again_after_a_release(self):
        card = self._card(1000)
        order, payment = str(uuid.uuid4()), str(uuid.uuid4())
        first = self._authorise(card, 300, order, payment)["hold"]
        self._release(first)
        again = self._authorise(card, 300, order, payment)
        self.assertEqual(again["status"], "held")
        self.assertNotEqual(again["hold"], first)
        self.assertEqual(self._held(card), (1000, 300))

    def test_order_cancelled_on_the_server(self):
        card = self._card(1000)
        order = self._sync(self._held_order(card))
        order.with_user(self.cashier).action_pos_order_cancel()
        self.assertEqual(self._held(card), (1000, 0))

    def test_draft_payment_deleted(self):
        card = self._card(1000)
        order = self._sync(self._held_order(card))
        order.payment_ids.sudo().unlink()
        self.assertEqual(self._held(card), (1000, 0))

    def test_deleting_a_forged_line_gives_back_nothing_of_others(self):
        card = self._card(1000)
        hold = self._authorise(card, 300)["hold"]
        forged = self._held_order(self._card(1000))
        forged["payment_ids"][0][2]["tibillet_hold"] = hold
        order = self._sync(forged)
        order.payment_ids.sudo().unlink()
        self.assertEqual(self._held(card), (1000, 300))

    def test_order_that_another_device_paid_first(self):
        card = self._card(1000)
        ours = self._held_order(card, state="paid")
        theirs = {**ours, "payment_ids": [(0, 0, self._payment(self.till, "cash", 3.0))]}
        self._sync(theirs)
        self.assertEqual(self._held(card), (1000, 300))
        order = self._sync(ours)
        self.assertEqual(order.payment_ids.payment_method_id.type, "cash")
        self.assertEqual(self._held(card), (1000, 0))

    def test_ignored_order_releases_nothing_of_another_till(self):
        card = self._card(1000)
        other_session = self._open_session(self.bar._tibillet_open_till("Second till"))
        foreign = self._authorise(card, 300, session=other_session)["hold"]
        order = self._pay_by_card(self._card(1000), 300)
        forged = self._order(
            [self._beer_line(price=self._untaxed(3))],
            [self._payment(self.till, "terminal", 3.0, tibillet_hold=foreign)],
            order.uuid,
        )
        self._sync(forged)
        self.assertEqual(self._held(card), (1000, 300))

    def test_session_closing(self):
        taken, left = self._card(1000), self._card(1000)
        self._pay_by_card(taken, 300)
        hold = self._authorise(left, 400)["hold"]
        self.pos_session.action_pos_session_closing_control()
        self.assertEqual(self.pos_session.state, "closed")
        self.assertEqual((self._held(taken), self._held(left)), ((700, 0), (1000, 0)))
        self.assertEqual(ledger.holds(self.env.cr, [hold])[hold].state, "released")

    def test_empty_session_closing(self):
        card = self._card(1000)
        self._authorise(card, 400)
        self.pos_session.action_pos_session_closing_control()
        self.assertEqual(self._held(card), (1000, 0))

    def test_closing_asks_the_other_tills_first(self):
        self.assertEqual(self.pos_session.with_user(self.cashier).tibillet_ask_unsynced(), 0)
        self._authorise(self._card(1000), 400)
        self.assertEqual(self.pos_session.with_user(self.cashier).tibillet_ask_unsynced(), 1)
        self.env.cr.precommit.run()
        message = self.env["bus.bus"].sudo().search([], order="id desc", limit=1).message
        self.assertIn("TIBILLET_SEND_ORDERS", message)

    def test_hold_left_by_a_closed_session(self):
        card = self._card(1000)
        self._authorise(card, 400)
        self.env.cr.execute("UPDATE pos_session SET state = 'closed' WHERE id = %s", [self.pos_session.id])
        self.pos_session.invalidate_recordset()
        self.env["pos.session"]._gc_tibillet_holds()
        self.assertEqual(self._held(card), (1000, 0))
