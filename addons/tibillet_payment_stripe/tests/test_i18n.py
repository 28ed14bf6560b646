from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import code_translations


@tagged("post_install", "-at_install")
class TestFrench(TransactionCase):
    def test_the_refusal_speaks_french(self):
        words = code_translations.get_python_translations("tibillet_payment_stripe", "fr_FR")
        self.assertIn("secret de signature", " ".join(words.values()))
