import io
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools.pdf import PdfReader

from .. import chromium
from ..models.ir_actions_report import IrActionsReport
from .common import NetworkCase


class TestReportPdf(NetworkCase):
    def render(self, report, records, user=None):
        reports = (
            self.env["ir.actions.report"].with_user(user or self.manager).with_context(force_report_rendering=True)
        )
        content, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def without_wkhtmltopdf(self):
        """As on a system that packages it no more."""
        return patch.object(IrActionsReport, "_has_wkhtmltopdf", lambda self: False)

    def setUp(self):
        super().setUp()
        self.assertTrue(chromium.find(), "this test needs Chromium")

    def test_wallet_statement(self):
        card = self.make_card()
        wallet = self.top_up(card, self.euro, 2000)
        self.top_up(card, self.hours, 90)
        with self.without_wkhtmltopdf():
            text = "".join(
                page.extract_text() for page in self.render("tibillet_base.report_wallet_statement", wallet).pages
            )
        for words in ("Wallet statement", card.number, "Top-up", "20.00", "1 h 30", "Test Bar"):
            self.assertIn(words, text)

    def test_statement_shows_what_the_reader_may_see(self):
        wallet = self.top_up(self.make_card(), self.euro, 2000)
        self.top_up(wallet, self.grain, 777)
        self.env.invalidate_all()
        with self.without_wkhtmltopdf():
            text = "".join(
                page.extract_text() for page in self.render("tibillet_base.report_wallet_statement", wallet).pages
            )
        self.assertNotIn("7.77", text)

    def test_several_wallets_have_a_page_each(self):
        wallets = self.top_up(self.make_card(), self.euro, 2000) | self.top_up(self.make_card(), self.euro, 300)
        with self.without_wkhtmltopdf():
            self.assertEqual(len(self.render("tibillet_base.report_wallet_statement", wallets).pages), 2)

    def test_sheet_of_qr_codes(self):
        cards = self.batch._generate(30)
        cards[0]._void()
        with self.without_wkhtmltopdf():
            pdf = self.render("tibillet_base.report_card_sheet", self.batch)
        text = "".join(page.extract_text() for page in pdf.pages)
        self.assertEqual([card.number for card in cards if card.number in text], cards[1:].mapped("number"))
        self.assertEqual(sum(len(page.images) for page in pdf.pages), 29)
        self.assertLessEqual(len(pdf.pages), 3)

    def test_the_web_client_may_ask_for_a_pdf(self):
        with self.without_wkhtmltopdf():
            self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")

    def test_said_plainly_when_there_is_no_printer(self):
        self.batch._generate(1)
        with (
            self.without_wkhtmltopdf(),
            patch.object(chromium, "find", lambda: None),
            self.assertRaisesRegex(UserError, "neither wkhtmltopdf nor Chromium"),
        ):
            self.render("tibillet_base.report_card_sheet", self.batch)

    def test_a_browser_that_fails(self):
        self.batch._generate(1)
        with (
            self.without_wkhtmltopdf(),
            patch.object(chromium, "find", lambda: "/bin/false"),
            self.assertRaisesRegex(UserError, "could not be printed"),
        ):
            self.render("tibillet_base.report_card_sheet", self.batch)
