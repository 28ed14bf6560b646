from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..const import TERMINAL
from .common import TillCase


@tagged("post_install", "-at_install")
class TestTillBehaviour(TillCase):
    """What a point of sale is for, and what it therefore refuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        selection = [(TERMINAL, "NFC"), ("acme", "Acme terminal")]
        cls.classPatch(cls.registry["pos.payment.method"], "_get_payment_terminal_selection", lambda self: selection)

    def _till(self, behaviour):
        till = self.bar._tibillet_open_till(f"Till {behaviour}")
        till.tibillet_behaviour = behaviour
        return till, self._open_session(till)

    def _top_up(self, till, session, payment):
        return self._order([self._top_up_line(self._card(), 20.0)], [payment], session=session)

    def _terminal(self, till):
        journal = till.payment_method_ids.filtered(lambda m: m.type == "bank" and not m.use_payment_terminal).journal_id
        method = self.env["pos.payment.method"].create(
            {"name": "Terminal", "journal_id": journal.id, "company_id": self.bar.id, "use_payment_terminal": "acme"}
        )
        till.payment_method_ids |= method
        return method

    def test_a_till_sells(self):
        self.assertEqual(self.till.tibillet_behaviour, "sale")

    def test_tables_make_a_restaurant(self):
        till = self.bar._tibillet_open_till("Room")
        till.module_pos_restaurant = True
        self.assertEqual(till.tibillet_behaviour, "restaurant")
        till.tibillet_behaviour = "sale"
        self.assertFalse(till.module_pos_restaurant)

    def test_a_desk_only_fills_cards(self):
        till, session = self._till("top_up")
        cash = self._payment(till, "cash", 6.0)
        with self.assertRefusal("only fills cards"):
            self._sync(self._order([self._beer_line()], [cash], session=session))
        order = self._sync(self._top_up(till, session, self._payment(till, "cash", 20.0)))
        self.assertEqual(order.state, "paid")

    def test_a_desk_shows_what_fills_cards(self):
        till, _session = self._till("top_up")
        products = self.env["product.template"].with_company(self.bar)
        shown = products.search(products._load_pos_data_domain({}, till))
        self.assertIn(self.top_up_product.product_tmpl_id, shown)
        self.assertNotIn(self.beer.product_tmpl_id, shown)
        self.assertIn(self.beer.product_tmpl_id, products.search(products._load_pos_data_domain({}, self.till)))

    def test_a_kiosk_takes_its_terminal_alone(self):
        till = self.bar._tibillet_open_till("Kiosk")
        till.tibillet_behaviour = "kiosk"
        terminal = self._terminal(till)
        session = self._open_session(till)
        for kind in ("cash", "bank"):
            with self.assertRefusal("by its payment terminal alone"):
                self._sync(self._top_up(till, session, self._payment(till, kind, 20.0)))
        payment = {**self._payment(till, "bank", 20.0), "payment_method_id": terminal.id, "payment_status": "done"}
        self.assertEqual(self._sync(self._top_up(till, session, payment)).state, "paid")

    def test_a_kiosk_asks_for_no_cashier(self):
        till = self.bar._tibillet_open_till("Kiosk")
        with self.assertRaisesRegex(ValidationError, "A kiosk has no cashier"):
            till.write({"tibillet_behaviour": "kiosk", "tibillet_cashier_login": True})

    def test_not_in_mid_service(self):
        with self.assertRaisesRegex(UserError, "Close this till"):
            self.till.tibillet_behaviour = "kiosk"
        self.till.write({"tibillet_behaviour": "sale", "tibillet_lock_minutes": 9})
        self.assertEqual(self.till.tibillet_lock_minutes, 9)

    def test_settings_show_it(self):
        settings = self.env["res.config.settings"].create({"pos_config_id": self.hall_till.id})
        settings.pos_tibillet_behaviour = "top_up"
        self.assertEqual(self.hall_till.tibillet_behaviour, "top_up")
