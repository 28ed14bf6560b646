import base64
import uuid

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .. import card_csv
from .common import NetworkCase

BASE = "https://cards.example"


def line(number="AAAA1111", tag="04A1B2C3", qr_uuid=None, base=BASE):
    return f"{base}/qr/{qr_uuid or uuid.uuid4()},{number},{tag}"


class TestCardImport(NetworkCase):
    def wizard(self, *lines, encoding="utf-8", skip_bad=False, **vals):
        form = Form(self.env["tibillet.card.import"].with_user(self.manager))
        form.file = base64.b64encode("\n".join(lines).encode(encoding))
        for name, value in vals.items():
            form[name] = value
        wizard = form.save()
        wizard.skip_bad = skip_bad
        return wizard

    def problems(self, *lines):
        _rows, problems = card_csv.parse("\n".join(lines).encode())
        return [(problem.line, problem.code, problem.other) for problem in problems]

    def test_import(self):
        qr_uuid = str(uuid.uuid4())
        wizard = self.wizard(line("TIMP0001", "04A4F291", qr_uuid), line("TIMP0002", "04B7D120"), generation=7)
        self.assertEqual((wizard.good_count, wizard.bad_count, wizard.preview), (2, 0, False))
        wizard.action_import()
        card = self.env["tibillet.card"].search([("number", "=", "TIMP0001")])
        self.assertEqual((card.qr_uuid, card.qr_url, card.state), (qr_uuid, f"{BASE}/qr/{qr_uuid}", "blank"))
        self.assertEqual((card.batch_id.generation, card.place_id, card.chip_state), (7, self.bar, "tag"))
        self.assertEqual(self.env["tibillet.card"]._resolve("04A4F291AABB80"), card)

    def test_what_card_makers_write(self):
        rows, problems = card_csv.parse(
            (
                "\ufeff"
                + line("aaaa1111", "04a1b2c3").replace(",", ";")
                + "\r\n\r\n"
                + ' "'
                + line("BBBB2222", "04A1B2C4").replace(",", '" ; "')
                + '"\r\n'
                + line("CCCC3333", "04A1B2C5", base="http://192.168.1.2:8000/fr").replace(",", ";")
                + "\r\n"
            ).encode()
        )
        self.assertFalse(problems)
        self.assertEqual(
            [(row.line, row.number, row.tag) for row in rows],
            [(1, "AAAA1111", "04A1B2C3"), (3, "BBBB2222", "04A1B2C4"), (4, "CCCC3333", "04A1B2C5")],
        )
        self.assertEqual(rows[2].base_url, "http://192.168.1.2:8000/fr")

    def test_each_bad_line_has_its_reason(self):
        good = uuid.uuid4()
        for text, code in (
            ("", None),
            ("hello", "columns"),
            (f"{line()},more", "columns"),
            ("url,number,tag", "url"),
            (f"{BASE}/{good},AAAA1111,04A1B2C3", "url"),
            (f"ftp://x/qr/{good},AAAA1111,04A1B2C3", "url"),
            (f"{BASE}/qr/{uuid.uuid1()},AAAA1111,04A1B2C3", "uuid"),
            (f"{BASE}/qr/{'x' * 36},AAAA1111,04A1B2C3", "url"),
            (f"{BASE}/qr/{'-' * 36},AAAA1111,04A1B2C3", "uuid"),
            (line("AAAA111"), "number"),
            (line("AAAA11111"), "number"),
            (line("AAAA 111"), "number"),
            (line("ÀAAA1111"), "number"),
            (line(tag="04A1B2C"), "tag"),
            (line(tag="04A1B2CG"), "tag"),
            (line(tag="04A1B2C3D4E5F6"), "tag"),
            (line(tag=""), "tag"),
        ):
            with self.subTest(text=text):
                self.assertEqual([found for _line, found, _other in self.problems(text)], [code] if code else [])

    def test_duplicates_in_the_file(self):
        qr_uuid = uuid.uuid4()
        self.assertEqual(
            self.problems(
                line("AAAA1111", "04000001", qr_uuid),
                line("AAAA1111", "04000002"),
                line("BBBB2222", "04000003", qr_uuid),
            ),
            [(2, "twice_number", 1), (3, "twice_qr", 1)],
        )

    def test_duplicates_in_the_database(self):
        card = self.make_card(tag="04A1B2C3")
        wizard = self.wizard(
            line(card.number, "04000001"), line("BBBB2222", "04000002", card.qr_uuid), line("CCCC3333", "04000003")
        )
        self.assertEqual((wizard.good_count, wizard.bad_count), (1, 2))
        self.assertIn("already bears this number", wizard.preview)
        self.assertIn("already bears this QR code", wizard.preview)

    def test_chips_that_start_alike_are_imported_with_a_notice(self):
        self.make_card(tag="04FFFFFF")
        wizard = self.wizard(line("AAAA1111", "04000001"), line("BBBB2222", "04000001"), line("CCCC3333", "04FFFFFF"))
        self.assertEqual((wizard.good_count, wizard.bad_count, wizard.notice_count), (3, 0, 2))
        wizard.action_import()
        self.assertEqual(len(self.env["tibillet.card"]._resolve("04000001AABB80")), 2)

    def test_nothing_is_imported_while_a_line_is_bad(self):
        wizard = self.wizard(line("AAAA1111"), "rubbish")
        batches = self.env["tibillet.card.batch"].search_count([])
        with self.assertRaisesRegex(UserError, "1 lines are bad: nothing was imported"):
            wizard.action_import()
        self.assertFalse(self.env["tibillet.card"].search([("number", "=", "AAAA1111")]))
        self.assertEqual(self.env["tibillet.card.batch"].search_count([]), batches)

    def test_bad_lines_left_out_by_choice(self):
        self.wizard(line("AAAA1111"), "rubbish", skip_bad=True).action_import()
        self.assertTrue(self.env["tibillet.card"].search([("number", "=", "AAAA1111")]))

    def test_empty_file(self):
        for lines in ((), ("", "", ""), ("rubbish",)):
            with self.subTest(lines=lines), self.assertRaisesRegex(UserError, "no card to import"):
                self.wizard(*lines, skip_bad=True).action_import()

    def test_not_for_another_venue(self):
        with self.assertRaises(AccessError):
            self.wizard(line("AAAA1111"), place_id=self.barn).action_import()
        with self.assertRaises(AccessError):
            self.env["tibillet.card.import"].with_user(self.cashier).create({"place_id": self.bar.id})

    def test_content_of_a_line_is_shown_not_run(self):
        wizard = self.wizard("<script>alert(1)</script>")
        self.assertIn("&lt;script&gt;", wizard.preview)
        self.assertNotIn("<script>", wizard.preview)

    def test_other_encodings(self):
        wizard = self.wizard(line("AAAA1111"), "é", encoding="latin-1")
        self.assertEqual((wizard.good_count, wizard.bad_count), (1, 1))

    def test_a_festivals_file(self):
        """15,000 cards: parsed, checked and imported in one go."""
        wizard = self.wizard(*(line(f"FES{number:05d}", f"{0x04000000 + number:08X}") for number in range(15_000)))
        wizard.action_import()
        self.assertEqual(self.env["tibillet.card"].search_count([("number", "=like", "FES%")]), 15_000)
