from odoo.addons.tibillet_base.tests.french import FrenchCase


class TestFrench(FrenchCase):
    def test_nothing_is_left_in_english(self):
        self.assertNothingInEnglish()

    def test_placeholders_are_kept(self):
        self.assertPlaceholdersKept()
