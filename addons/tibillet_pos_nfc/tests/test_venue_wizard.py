from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestVenueWizard(TillCase):
    """A venue opened on one page has a till that sells at once."""

    def _open(self, **vals):
        wizard = self.env["tibillet.venue.wizard"].create(
            {
                "name": "New venue",
                "country_id": self.env.ref("base.fr").id,
                "currency_id": self.env.ref("base.EUR").id,
                "asset_name": "New euro",
                "card_count": 2,
                **vals,
            }
        )
        wizard.action_open()
        place = self.env["tibillet.place"].search([("name", "=", "New venue")])
        return self.env["pos.config"].sudo().search([("company_id", "=", place.company_id.id)]), place.company_id

    def test_till_is_ready_to_open(self):
        till, company = self._open(till_name="Counter")
        self.assertEqual(till.name, "Counter")
        self.assertCountEqual(till.payment_method_ids.mapped("type"), ["bank", "cash", "bank", "bank"])
        self.assertEqual(len(till.payment_method_ids.filtered(lambda method: method.name == "Cheque")), 1)
        self.assertEqual(till.payment_method_ids._tibillet_nfc().journal_id, company.tibillet_wallet_journal_id)
        top_up = self.env["product.product"].search([("company_id", "=", company.id), ("available_in_pos", "=", True)])
        self.assertEqual((top_up.name, top_up.tibillet_asset_id.name), ("Top-up New euro", "New euro"))
        self.assertEqual(company.point_of_sale_update_stock_quantities, "closing")
        session = self._open_session(till)
        self.assertEqual(session.state, "opened")

    def test_top_up_of_a_new_card_at_the_new_till(self):
        till, company = self._open()
        session = self._open_session(till)
        card = self.env["tibillet.card"].search([("place_id", "=", company.tibillet_place_id.id)], limit=1)
        product = self.env["product.product"].search([("company_id", "=", company.id), ("available_in_pos", "=", True)])
        line = self._top_up_line(card, 20.0, product=product)
        self._sync(self._order([line], [self._payment(till, "cash", 20.0)], session=session), self.env.user)
        self.assertEqual((card.state, self._held(card, product.tibillet_asset_id)), ("active", (2000, 0)))

    def test_no_till(self):
        till, _company = self._open(has_till=False)
        self.assertFalse(till)
