import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader

PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\{.*?\}\}")


@tagged("post_install", "-at_install")
class FrenchCase(TransactionCase):
    """Every word that people see is there in French: for a class in each addon's own tests."""

    def setUp(self):
        super().setUp()
        self.addon = self.test_module
        self.french = {entry.msgid: entry.msgstr for entry in polib.pofile(file_path(f"{self.addon}/i18n/fr.po"))}

    def assertNothingInEnglish(self):
        sources = {row[4] for row in TranslationModuleReader(self.env.cr, modules=[self.addon], lang=None)}
        self.assertGreater(len(sources), 5)
        self.assertFalse(sorted(source for source in sources if not self.french.get(source)))

    def assertPlaceholdersKept(self):
        for source, translation in self.french.items():
            with self.subTest(source=source):
                self.assertEqual(sorted(PLACEHOLDER.findall(source)), sorted(PLACEHOLDER.findall(translation)))
