import io
import json
from datetime import timedelta
from unittest.mock import patch
from zipfile import ZipFile

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import keyring

from ..proof import archive, chain
from .common import ClosingCase


@tagged("post_install", "-at_install")
class TestArchive(ClosingCase, HttpCase):
    """A period in one signed file, kept, verified without a database, each act with it in a chained journal."""

    def _made(self, user=None):
        today = fields.Date.today()
        archives = self.env["tibillet.archive"].with_user(user or self.manager)
        return archives._make(self.bar, today - timedelta(days=1), today)

    def _evening(self):
        """Sold, filled, corrected, moved, closed."""
        self._sell(6.0)
        order = self._sell(12.0)
        self._fill(self._card(), 20.0)
        self.env["tibillet.payment.correction"]._correct(order, self.cash, self.bank, "wrong button")
        self.pos_session.try_cash_in_out("in", 5.0, "change", False, {})
        return self._close_till()

    def _lines(self, made, name):
        with ZipFile(io.BytesIO(made._zip())) as opened:
            return [json.loads(line) for line in opened.read(name).splitlines()]

    def _changed(self, content, name, text):
        """The archive with another text in a file; without the file where there is no text."""
        stream = io.BytesIO()
        with ZipFile(io.BytesIO(content)) as old, ZipFile(stream, "w") as new:
            for kept in old.namelist():
                data = old.read(kept)
                if kept == name and text is None:
                    continue
                new.writestr(kept, text(data) if kept == name else data)
        stream.seek(0)
        return stream

    def test_all_that_an_inspector_asks(self):
        ticket = self._evening()
        made = self._made()
        [closing] = self._lines(made, "closings.jsonl")
        self.assertEqual((closing["payload"], closing["hash"]), (ticket.payload, ticket.hash))
        orders = self._lines(made, "orders.jsonl")
        self.assertEqual([order["total"] for order in orders], [6, 12, 20])
        self.assertEqual([payment["amount"] for payment in orders[1]["payments"]], [12])
        self.assertEqual(orders[0]["lines"][0]["total"], 6)
        [correction] = self._lines(made, "corrections.jsonl")
        self.assertEqual((correction["amount"], correction["reason"]), (12, "wrong button"))
        self.assertEqual([move["amount"] for move in self._lines(made, "cash_moves.jsonl")], [5])
        self.assertIn("correction", [act["kind"] for act in self._lines(made, "acts.jsonl")])
        people = {user["id"] for user in self._lines(made, "users.jsonl")}
        self.assertLessEqual({order["cashier"] for order in orders}, people)
        self.assertEqual((made.closings, made.orders), (1, 3))
        report = archive.verify(io.BytesIO(made._zip()))
        self.assertEqual((report.breaks, report.keys), ((), (keyring.public_key(self.bar_place.uuid),)))

    def test_the_first_break_is_named(self):
        self._evening()
        content = self._made()._zip()
        for name, text, said in (
            ("orders.jsonl", lambda data: data.replace(b"12.00", b"11.00"), "orders.jsonl: its content was altered"),
            ("acts.jsonl", None, "acts.jsonl: it lacks"),
            ("manifest.json", lambda data: data.replace(b'"EUR"', b'"USD"'), "manifest.json: its signature"),
            ("signature.json", None, "manifest.json: its signature"),
            ("manifest.json", None, "manifest.json: it lacks"),
            ("README.txt", lambda data: data + b"more", "README.txt: its content was altered"),
        ):
            with self.subTest(name=name):
                self.assertIn(said, archive.verify(self._changed(content, name, text)).first_break)
        self.assertIn("no ZIP", archive.verify(io.BytesIO(content[: len(content) // 2])).first_break)

    def test_a_chain_that_was_broken_before_is_told(self):
        self._evening()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE tibillet_closing DISABLE TRIGGER tibillet_closing_append_only")
        self.env.cr.execute("UPDATE tibillet_closing SET total_sales = 1")
        self.env.cr.execute("UPDATE pos_order SET amount_total = 7 WHERE amount_total = 6")
        report = archive.verify(io.BytesIO(self._made()._zip()))
        self.assertIn("closing session 1 of company", report.first_break)
        self.assertTrue(any("make 39.00, it says 38.00" in said for said in report.breaks), report.breaks)

    def test_a_later_archive_begins_where_the_former_ended(self):
        with freeze_time(fields.Datetime.now() - timedelta(days=4)):
            self._sell(6.0, date_order=fields.Datetime.now())
            self._close_till()
        self.env["tibillet.closing"]._close_due()
        session = self._open_session(self.till)
        self._sell(12.0, session=session, date_order=fields.Datetime.now())
        self._close_till(session)
        made = self._made()
        self.assertEqual([line["number"] for line in self._lines(made, "closings.jsonl")], [2])
        self.assertEqual(archive.verify(io.BytesIO(made._zip())).breaks, ())

    def test_what_is_refused(self):
        today = fields.Date.today()
        archives = self.env["tibillet.archive"].with_user(self.manager)
        for since, until, said in (
            (today, today - timedelta(days=1), "ends before"),
            (today - timedelta(days=365), today, "at most 365"),
            (today, today + timedelta(days=1), "not over"),
            (today, today, "nothing to archive"),
        ):
            with self.subTest(said=said), self.assertRaisesRegex(UserError, said):
                archives._make(self.bar, since, until)
        with patch.object(keyring, "is_original", lambda env: False), self.assertRaisesRegex(UserError, "is a copy"):
            archives._make(self.bar, today, today)

    @mute_logger("odoo.sql_db")
    def test_kept_for_six_years(self):
        self._evening()
        made = self._made()
        attachment = (
            self.env["ir.attachment"].sudo().search([("res_model", "=", made._name), ("res_field", "!=", False)])
        )
        self.assertEqual(len(attachment), 1)
        for refused, said in (
            (lambda: made.unlink(), "is kept until"),
            (lambda: attachment.unlink(), "is kept until"),
            (lambda: made.write({"name": "other"}), "not rewritten"),
            (lambda: made.entry_ids.unlink(), "not deleted"),
            (lambda: made.entry_ids.write({"kind": "exported"}), "not rewritten"),
        ):
            with self.assertRaisesRegex(UserError, said), self.env.cr.savepoint():
                refused()
        with self.assertRaisesRegex(psycopg2.Error, "append only"), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM tibillet_archive_entry")

    def test_a_journal_says_who_did_what(self):
        self._evening()
        made = self._made()
        self.authenticate("till_manager", "till_manager")
        answer = self.url_open(f"/tibillet/archive/{made.id}")
        self.assertEqual((answer.status_code, answer.content), (200, made._zip()))
        self.assertEqual(made.with_user(self.manager).action_verify()["params"]["type"], "success")
        entries = made.entry_ids.sorted("number")
        self.assertEqual(entries.mapped("kind"), ["made", "exported", "verified"])
        self.assertEqual(entries.user_id, self.manager)
        self.env.flush_all()
        self.assertTrue(chain.verify(self.env.cr).ok)
        self.env.cr.execute("ALTER TABLE tibillet_archive_entry DISABLE TRIGGER ALL")
        self.env.cr.execute("UPDATE tibillet_archive_entry SET payload = replace(payload, 'made', 'mode')")
        self.assertIn("archive entry 1 of company", chain.verify(self.env.cr).first_break)

    def test_who_may_not(self):
        self._evening()
        made = self._made()
        stranger = self._account_user("hall_manager", self.hall, "tibillet_base.group_manager")
        for user in (self.cashier, stranger):
            with self.assertRaises(AccessError):
                made.with_user(user)._exported()
            with self.assertRaises(AccessError):
                made.with_user(user).action_verify()
        with self.assertRaises(AccessError):
            self.env["tibillet.archive.make"].with_user(self.cashier).create({})
        with self.assertRaises(AccessError):
            made.with_user(self.manager).read(["content"])
        made_by = self.env["tibillet.archive.make"].with_user(self.manager).create({"company_id": self.bar.id})
        self.assertEqual(made_by.action_make()["res_model"], "tibillet.archive")
        with self.assertRaises(AccessError):
            self.env["tibillet.archive.make"].with_user(stranger).create({"company_id": self.bar.id}).action_make()

    def test_signed_closings_are_not_uninstalled(self):
        module = self.env.ref("base.module_tibillet_pos_closing")
        self._evening()
        with self.assertRaisesRegex(UserError, "cannot be uninstalled"):
            module.button_uninstall()
