from odoo.tests import tagged

from .. import ledger
from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestLedgerInvariants(LedgerCase):
    """Each invariant is attacked by raw SQL: PostgreSQL must refuse, whoever asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls("setUp")
        case.top_up(cls.alice, 1000)
        case.seal()
        cls.cr.execute("SELECT id FROM tibillet_ledger_balance WHERE wallet_id = %s", [cls.alice.id])
        (cls.balance_id,) = cls.cr.fetchone()
        cls.cr.execute("SELECT max(id) FROM tibillet_ledger_transaction")
        (cls.transaction_id,) = cls.cr.fetchone()

    def new_transaction(self, lines, stated=None):
        """Open a transaction by hand, stating the hash of its lines, or of others."""
        self.cr.execute(
            """INSERT INTO tibillet_ledger_transaction (key, kind, place_id, request_hash, content_hash)
               VALUES ('by-hand', 'transfer', %s, 'x', %s) RETURNING id""",
            [self.place.id, ledger.entries.content_hash(stated or lines)],
        )
        return self.cr.fetchone()[0]

    def insert_posting(self, transaction_id, line, balance_id=None):
        self.sql(
            """INSERT INTO tibillet_ledger_posting (transaction_id, wallet_id, asset_id, amount, balance_id)
               VALUES (%s, %s, %s, %s, %s)""",
            transaction_id, *line, balance_id,
        )  # fmt: skip

    # 1. zero-sum

    def test_postings_that_do_not_sum_to_zero(self):
        lines = [ledger.Line(self.till.id, self.euro.id, 5)]
        with self.refused(ledger.NotZeroSum):
            self.insert_posting(self.new_transaction(lines), lines[0])

    def test_assets_do_not_balance_each_other(self):
        lines = [ledger.Line(self.till.id, self.euro.id, 5), ledger.Line(self.till.id, self.gift.id, -5)]
        with self.refused(ledger.NotZeroSum), ledger.errors.translated():
            transaction = self.new_transaction(lines)
            for line in lines:
                self.cr.execute(
                    "INSERT INTO tibillet_ledger_posting (transaction_id, wallet_id, asset_id, amount)"
                    " VALUES (%s, %s, %s, %s)",
                    [transaction, *line],
                )
            self.seal()

    def test_an_empty_transaction(self):
        with self.refused(ledger.NotZeroSum), ledger.errors.translated():
            self.new_transaction([ledger.Line(self.till.id, self.euro.id, 5)])
            self.seal()

    def test_postings_other_than_stated(self):
        stated = self.lines(self.till, self.alice, 5)
        lines = self.lines(self.other_place.wallet_id, self.till, 500)
        with self.refused(ledger.HoldMismatch), ledger.errors.translated():
            transaction = self.new_transaction(lines, stated)
            for line in lines:
                self.cr.execute(
                    "INSERT INTO tibillet_ledger_posting (transaction_id, wallet_id, asset_id, amount)"
                    " VALUES (%s, %s, %s, %s)",
                    [transaction, *line],
                )
            self.seal()

    def test_a_closed_transaction_takes_no_posting(self):
        self.cr.execute("ALTER TABLE tibillet_ledger_transaction DISABLE TRIGGER append_only")
        self.cr.execute(
            "UPDATE tibillet_ledger_transaction SET xid = '1' WHERE id = %s", [self.transaction_id]
        )  # what another database transaction would find
        self.cr.execute("ALTER TABLE tibillet_ledger_transaction ENABLE TRIGGER append_only")
        with self.refused(ledger.Refused, "closed"):
            self.insert_posting(self.transaction_id, (self.till.id, self.euro.id, 5))

    # 2. floor, held, ceiling

    def test_a_balance_below_its_floor(self):
        with self.refused(ledger.Insufficient):
            self.insert_posting(
                self.new_transaction(self.lines(self.alice, self.till, 1001)),
                (self.alice.id, self.euro.id, -1001),
                self.balance_id,
            )

    def test_what_is_held_cannot_be_spent(self):
        self.hold(self.alice, 800)
        with self.refused(ledger.Insufficient):
            self.insert_posting(
                self.new_transaction(self.lines(self.alice, self.till, 201)),
                (self.alice.id, self.euro.id, -201),
                self.balance_id,
            )

    def test_holding_more_than_there_is(self):
        with self.refused(ledger.Insufficient):
            self.sql(
                """WITH taken AS (INSERT INTO tibillet_ledger_hold (key, request_hash, wallet_id, place_id, owner, amount)
                                  VALUES ('by-hand', 'x', %s, %s, 'x', 1001) RETURNING id)
                   INSERT INTO tibillet_ledger_hold_line (hold_id, balance_id, asset_id, amount)
                   SELECT id, %s, %s, 1001 FROM taken""",
                self.alice.id, self.place.id, self.balance_id, self.euro.id,
            )  # fmt: skip

    def test_holding_on_the_balance_of_another(self):
        with self.refused(ledger.Refused):
            self.sql(
                """WITH taken AS (INSERT INTO tibillet_ledger_hold (key, request_hash, wallet_id, place_id, owner, amount)
                                  VALUES ('by-hand', 'x', %s, %s, 'x', 10) RETURNING id)
                   INSERT INTO tibillet_ledger_hold_line (hold_id, balance_id, asset_id, amount)
                   SELECT id, %s, %s, 10 FROM taken""",
                self.bob.id, self.place.id, self.balance_id, self.euro.id,
            )  # fmt: skip

    def test_a_hold_that_differs_from_its_lines(self):
        with self.refused(ledger.HoldMismatch):
            self.sql(
                """WITH taken AS (INSERT INTO tibillet_ledger_hold (key, request_hash, wallet_id, place_id, owner, amount)
                                  VALUES ('by-hand', 'x', %s, %s, 'x', 500) RETURNING id)
                   INSERT INTO tibillet_ledger_hold_line (hold_id, balance_id, asset_id, amount)
                   SELECT id, %s, %s, 10 FROM taken""",
                self.alice.id, self.place.id, self.balance_id, self.euro.id,
            )  # fmt: skip

    def test_a_top_up_above_the_ceiling(self):
        self.euro.ceiling = 1500
        self.env.flush_all()
        with self.refused(ledger.CeilingPassed):
            self.top_up(self.alice, 501, key="more")
        self.top_up(self.alice, 500, key="more")
        self.assertEqual(self.amount(self.alice), (1500, 0))

    # 3. append only

    def test_nothing_is_updated_deleted_or_truncated(self):
        self.hold(self.alice, 10)
        ledger.anchor(self.cr, "test")
        for table in ("transaction", "posting", "anchor", "anchor_head", "hold_line"):
            for attack in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
                with self.subTest(table=table, attack=attack), self.refused(ledger.Refused, "append only"):
                    self.sql(attack.format(f"tibillet_ledger_{table}"))
        for attack in ("DELETE FROM tibillet_ledger_hold", "TRUNCATE tibillet_ledger_balance CASCADE"):
            with self.subTest(attack=attack), self.refused(ledger.Refused, "append only"):
                self.sql(attack)

    def test_a_wallet_asset_or_place_with_postings_stays(self):
        for table, record in (("wallet", self.alice), ("asset", self.euro), ("place", self.place)):
            with self.subTest(table=table), self.refused(Exception, "foreign key constraint"):
                self.cr.execute(f"DELETE FROM tibillet_{table} WHERE id = %s", [record.id])  # pylint: disable=sql-injection

    def test_a_captured_hold_never_opens_again(self):
        self.hold(self.alice, 10)
        self.capture(10)
        for state in ("held", "released"):
            with self.subTest(state=state), self.refused(ledger.Refused):
                self.sql("UPDATE tibillet_ledger_hold SET state = %s WHERE key = 'tap'", state)

    def test_a_hold_is_not_captured_by_hand(self):
        self.hold(self.alice, 10)
        with self.refused(ledger.HoldMismatch):
            self.sql("UPDATE tibillet_ledger_hold SET state = 'captured' WHERE key = 'tap'")

    # 4. once a key

    def test_a_key_posts_once(self):
        before = self.amount(self.alice)
        again = self.top_up(self.alice, 1000)
        self.assertTrue(again.replayed)
        self.assertEqual(again.balances, {(self.alice.id, self.euro.id): 1000})
        self.assertEqual(self.amount(self.alice), before)

    def test_a_key_with_another_content(self):
        with self.refused(ledger.KeyConflict):
            self.top_up(self.alice, 1001)
        with self.refused(Exception, "duplicate key"):
            self.cr.execute(
                """INSERT INTO tibillet_ledger_transaction (key, kind, place_id, request_hash, content_hash)
                   SELECT key, kind, place_id, request_hash, content_hash FROM tibillet_ledger_transaction LIMIT 1"""
            )

    # 5. chain

    def test_a_fork_or_a_gap(self):
        self.cr.execute("ALTER TABLE tibillet_ledger_posting DISABLE TRIGGER chain")
        columns = "transaction_id, wallet_id, asset_id, balance_id, place_id, issuer_id, kind, created_at, amount"
        with self.refused(Exception, "tibillet_ledger_posting_chain"):
            self.cr.execute(
                f"""INSERT INTO tibillet_ledger_posting ({columns}, seq, hash)
                    SELECT {columns}, seq, 'forged' FROM tibillet_ledger_posting WHERE balance_id = %s""",
                [self.balance_id],
            )
        with self.cr.savepoint(flush=False) as savepoint:
            self.cr.execute(
                f"""INSERT INTO tibillet_ledger_posting ({columns}, seq, hash)
                    SELECT {columns}, seq + 2, 'forged' FROM tibillet_ledger_posting WHERE balance_id = %s""",
                [self.balance_id],
            )
            self.assertIn("link 2 lacks", "\n".join(ledger.verify(self.cr).breaks))
            savepoint.rollback()

    # 6. the stored balance

    def test_a_balance_moves_by_postings_only(self):
        for column, value in (("amount", 1), ("held", 1), ("seq", 9), ("head_hash", b"x"), ("wallet_id", self.bob.id)):
            with self.subTest(column=column), self.refused(ledger.Refused):
                self.sql(f"UPDATE tibillet_ledger_balance SET {column} = %s WHERE id = %s", value, self.balance_id)
        with self.refused(ledger.Refused, "history"):
            self.sql("DELETE FROM tibillet_ledger_balance WHERE id = %s", self.balance_id)

    def test_a_balance_is_born_empty(self):
        self.sql(
            "INSERT INTO tibillet_ledger_balance (wallet_id, asset_id, amount, seq) VALUES (%s, %s, 5000, 3)",
            self.bob.id, self.euro.id,
        )  # fmt: skip
        self.assertEqual(self.amount(self.bob), (0, 0))

    def test_a_place_has_no_stored_balance(self):
        with self.refused(ledger.Refused):
            self.sql(
                "INSERT INTO tibillet_ledger_balance (wallet_id, asset_id) VALUES (%s, %s)", self.till.id, self.euro.id
            )

    def test_a_holder_cannot_pass_for_a_place(self):
        lines = self.lines(self.till, self.bob, 700)
        with self.refused(ledger.Refused, "needs its balance"):
            self.insert_posting(self.new_transaction(lines), lines[1])
