from odoo.tests import tagged

from .. import ledger
from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestLedgerVerify(LedgerCase):
    """Someone with the database's password switches the triggers off and alters the past: verify finds where."""

    def setUp(self):
        super().setUp()
        self.top_up(self.alice, 1000)
        self.hold(self.alice, 400)
        self.capture(400)
        ledger.post(self.cr, self.entry("with-words", self.till, self.alice, 5, reason="birthday"))
        self.seal()
        self.anchor = ledger.anchor(self.cr, "session 1")
        self.top_up(self.bob, 50)
        self.seal()
        self.assertTrue(ledger.verify(self.cr).ok)

    def tampered(self, *statements):
        """The breaks that verify finds after these statements, run with every trigger off."""
        with self.cr.savepoint(flush=False) as savepoint:
            self.cr.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                self.cr.execute(statement)
            breaks = "\n".join(ledger.verify(self.cr).breaks)
            savepoint.rollback()
        self.cr.execute("SET LOCAL session_replication_role = origin")
        return breaks

    def test_an_amount_altered(self):
        breaks = self.tampered("UPDATE tibillet_ledger_posting SET amount = amount + 1 WHERE seq = 2")
        self.assertIn("its postings are not those that it states", breaks)
        self.assertIn("link 2 is broken", breaks)

    def test_both_sides_altered(self):
        breaks = self.tampered("UPDATE tibillet_ledger_posting SET amount = 2 * amount")
        self.assertIn("its postings are not those that it states", breaks)

    def test_the_place_paid_is_altered(self):
        breaks = self.tampered(
            f"""UPDATE tibillet_ledger_posting SET wallet_id = {self.other_place.wallet_id.id}
                 WHERE balance_id IS NULL AND kind = 'spend'"""
        )
        self.assertIn("the place's side was altered", breaks)

    def test_a_date_altered(self):
        breaks = self.tampered("UPDATE tibillet_ledger_transaction SET created_at = created_at + interval '1 day'")
        self.assertIn("its digest does not match", breaks)

    def test_the_place_of_the_act_altered(self):
        breaks = self.tampered(f"UPDATE tibillet_ledger_posting SET place_id = {self.other_place.id}")
        self.assertIn("tells another act", breaks)

    def test_a_balance_altered(self):
        self.assertIn("its postings say", self.tampered("UPDATE tibillet_ledger_balance SET amount = amount + 1"))

    def test_what_is_held_altered(self):
        self.assertIn(
            "its open holds say", self.tampered("UPDATE tibillet_ledger_balance SET held = 3 WHERE amount > 9")
        )

    def test_a_capture_altered(self):
        self.assertIn("captured for", self.tampered("UPDATE tibillet_ledger_hold SET amount = 300"))
        self.assertIn("captured for", self.tampered("UPDATE tibillet_ledger_hold SET state = 'released'"))

    def test_a_reason_altered_or_erased(self):
        self.assertIn("reason was altered", self.tampered("UPDATE tibillet_ledger_reason SET text = 'Christmas'"))
        self.cr.execute("DELETE FROM tibillet_ledger_reason")
        self.assertTrue(ledger.verify(self.cr).ok, "words may be erased on request")

    def test_the_tail_removed(self):
        """The database alone cannot tell; the root that left it can."""
        tail = (
            f"DELETE FROM tibillet_ledger_posting WHERE wallet_id = {self.bob.id} OR transaction_id IN ("
            f" SELECT transaction_id FROM tibillet_ledger_posting WHERE wallet_id = {self.bob.id})",
            "DELETE FROM tibillet_ledger_transaction t"
            " WHERE NOT EXISTS (SELECT FROM tibillet_ledger_posting p WHERE p.transaction_id = t.id)",
            f"DELETE FROM tibillet_ledger_balance WHERE wallet_id = {self.bob.id}",
        )
        second = ledger.anchor(self.cr, "session 2")
        unanchored = (
            f"DELETE FROM tibillet_ledger_anchor_head WHERE anchor_id = {second.id}",
            f"DELETE FROM tibillet_ledger_anchor WHERE id = {second.id}",
        )
        self.assertEqual(self.tampered(*tail, *unanchored), "")
        with self.cr.savepoint(flush=False) as savepoint:
            self.cr.execute("SET LOCAL session_replication_role = replica")
            for statement in (*tail, *unanchored):
                self.cr.execute(statement)
            report = ledger.verify(self.cr, roots=[self.anchor.root, second.root])
            savepoint.rollback()
        self.assertEqual(report.breaks, (f"root {second.root} is not in this database",))

    def test_the_past_rewritten_under_an_anchor(self):
        breaks = self.tampered("UPDATE tibillet_ledger_posting SET hash = sha256(hash) WHERE balance_id IS NOT NULL")
        self.assertIn("had another head", breaks)

    def test_an_anchor_altered(self):
        breaks = self.tampered("UPDATE tibillet_ledger_anchor SET merkle = sha256(merkle)")
        self.assertIn("its root does not match its heads", breaks)

    def test_anchors_follow_each_other(self):
        second = self.env["tibillet.ledger.anchor"]._close("session 2")
        self.assertEqual((second.heads, len(second.root)), (1, 64))
        self.assertFalse(self.env["tibillet.ledger.anchor"]._close("session 3"), "nothing changed")
        self.assertTrue(ledger.verify(self.cr, roots=[self.anchor.root, second.root]).ok)
        self.assertFalse(ledger.verify(self.cr, roots=["00"]).ok)
