import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader

PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\{.*?\}\}")


@tagged("post_install", "-at_install")
class TestFrench(TransactionCase):
    """Every word that people see is there in French."""

    def setUp(self):
        super().setUp()
        self.french = {
            entry.msgid: entry.msgstr for entry in polib.pofile(file_path("tibillet_l10n_fr_pos/i18n/fr.po"))
        }

    def test_nothing_is_left_in_english(self):
        sources = {row[4] for row in TranslationModuleReader(self.env.cr, modules=["tibillet_l10n_fr_pos"], lang=None)}
        self.assertGreater(len(sources), 10)
        self.assertFalse(sorted(source for source in sources if not self.french.get(source)))

    def test_placeholders_are_kept(self):
        for source, translation in self.french.items():
            with self.subTest(source=source):
                self.assertEqual(sorted(PLACEHOLDER.findall(source)), sorted(PLACEHOLDER.findall(translation)))
