from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.tibillet_pos_nfc.models.till import answering

from .common import TillCase


@tagged("post_install", "-at_install")
class TestApproval(TillCase):
    """A manager's PIN approves what a cashier may not do alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("approval_manager", cls.bar, "tibillet_base.group_manager")
        cls.manager.with_user(cls.manager).tibillet_pin = "4821"
        cls.till_api = cls.env["tibillet.till"].with_user(cls.cashier)

    def _refused(self, approval, sentence):
        answer = {}
        with answering(answer):
            self.till_api._approved(self.pos_session.id, approval)
        self.assertEqual(answer.get("code"), "approval")
        self.assertIn(sentence, answer["message"])

    def test_the_managers_pin(self):
        self.assertEqual(self.till_api._approved(self.pos_session.id, {"pin": "4821"}), self.manager)

    def test_what_is_no_approval(self):
        for approval in (None, {}, "4821", {"pin": "4821", "tap": {}}, {"user_id": self.manager.id}):
            with self.subTest(approval=approval):
                self._refused(approval, "A manager must approve this")

    def test_pins_that_approve_nothing(self):
        self.cashier.with_user(self.cashier).tibillet_pin = "7777"
        stranger = self._account_user("approval_stranger", self.hall, "tibillet_base.group_manager")
        stranger.with_user(stranger).tibillet_pin = "8888"
        for pin in ("7777", "8888", "", None, 4821):
            with self.subTest(pin=pin):
                self._refused({"pin": pin}, "This PIN is not a manager's")

    def test_a_manager_who_left(self):
        self.manager.active = False
        self._refused({"pin": "4821"}, "not a manager's")

    def test_two_managers_with_one_pin(self):
        other = self._account_user("approval_other", self.bar, "tibillet_base.group_manager")
        other.with_user(other).tibillet_pin = "4821"
        self._refused({"pin": "4821"}, "Two managers have this PIN")

    def test_a_pin_is_not_guessed(self):
        for pin in range(5):
            self._refused({"pin": f"000{pin}"}, "not a manager's")
        self._refused({"pin": "4821"}, "Too many wrong PINs")
        wrong = self.env["tibillet.till.act"].search([("kind", "=", "wrong_pin")])
        self.assertEqual((len(wrong), wrong.cashier_id, wrong.session_id), (5, self.cashier, self.pos_session))
        self.env.cr.execute(
            "UPDATE tibillet_till_act SET create_date = create_date - %s WHERE id = ANY(%s)",
            [timedelta(minutes=6), wrong.ids],
        )
        self.assertEqual(self.till_api._approved(self.pos_session.id, {"pin": "4821"}), self.manager)

    def test_only_its_bearer_chooses_a_pin(self):
        boss = self._account_user("approval_boss", self.bar, "tibillet_base.group_manager", "base.group_system")
        with self.assertRaises(AccessError):
            self.manager.with_user(boss).tibillet_pin = "1111"
        for pin in ("123", "123456789", "12a4", "١٢٣٤"):
            with self.subTest(pin=pin), self.assertRaises(ValidationError):
                self.manager.with_user(self.manager).tibillet_pin = pin

    def test_a_pin_is_kept_as_a_hash_that_nobody_reads(self):
        manager = self.manager.with_user(self.manager)
        self.assertEqual(manager.read(["tibillet_pin", "tibillet_has_pin"])[0]["tibillet_pin"], False)
        self.assertTrue(manager.tibillet_has_pin)
        self.assertNotIn("4821", self.manager.sudo().tibillet_pin_hash)
        with self.assertRaises(AccessError):
            manager.read(["tibillet_pin_hash"])
        with self.assertRaises(AccessError):
            self.manager.with_user(self.env.ref("base.user_admin")).read(["tibillet_pin_hash"])
