from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import NetworkCase


class TestVenueWizard(NetworkCase):
    def wizard(self, **vals):
        return (
            self.env["tibillet.venue.wizard"]
            .with_user(self.network)
            .create(
                {
                    "name": "Test Cellar",
                    "country_id": self.env.ref("base.fr").id,
                    "currency_id": self.euro_currency.id,
                    "email": "hello@cellar.example",
                    "card_count": 5,
                    **vals,
                }
            )
        )

    def person(self, name, email, role):
        return Command.create({"name": name, "email": email, "role": role})

    def test_a_venue_on_one_page(self):
        federation = self.federate(self.euro)
        action = self.wizard(
            federation_id=federation.id,
            person_ids=[
                self.person("Test Maud", "Maud@cellar.example", "manager"),
                self.person("Test Cy", "cy@cellar.example", "cashier"),
                self.person("Test Ada", "ada@cellar.example", "accountant"),
            ],
        ).action_open()
        place = self.env["tibillet.place"].browse(action["params"]["place_id"])
        self.assertEqual(place.company_id.name, "Test Cellar")
        self.assertEqual(place.company_id.currency_id, self.euro_currency)
        self.assertEqual(
            place.asset_ids.mapped(lambda asset: (asset.kind, asset.ceiling, asset.refundable)),
            [("money", 25000, True)],
        )
        cards = self.env["tibillet.card"].search([("place_id", "=", place.id)])
        self.assertEqual(cards.mapped("state"), ["blank"] * 5)
        self.assertEqual(set(place._accepted_asset_ids()), {place.asset_ids.id, self.euro.id})
        for login, group in (("maud", "manager"), ("cy", "cashier"), ("ada", "accountant")):
            user = self.env["res.users"].search([("login", "=", f"{login}@cellar.example")])
            self.assertEqual((user.company_id, user.company_ids), (place.company_id, place.company_id))
            self.assertTrue(user.has_group(f"tibillet_base.group_{group}"))
            self.assertFalse(user.has_group("tibillet_base.group_network_manager"))
            mail = self.env["mail.mail"].search([("email_to", "ilike", user.email)], limit=1)
            self.assertIn("Test Cellar", mail.subject)
            self.assertIn("/web/", mail.body_html)
        self.assertIn(place.company_id, self.network.company_ids)

    def test_page_as_it_opens(self):
        form = Form(self.env["tibillet.venue.wizard"].with_user(self.network))
        form.name = "Test Attic"
        form.country_id = self.env.ref("base.fr")
        place = self.env["tibillet.place"].browse(form.save().action_open()["params"]["place_id"])
        self.assertEqual((place.slug, place.card_count), ("test-attic", 50))

    def test_an_existing_company(self):
        company = self.env["res.company"].create({"name": "Test Old Hall", "currency_id": self.euro_currency.id})
        self.wizard(company_id=company.id, has_asset=False, card_count=0).action_open()
        self.assertEqual(company.tibillet_place_id.name, "Test Cellar")
        self.assertFalse(company.tibillet_place_id.asset_ids)
        self.assertFalse(self.env["tibillet.card.batch"].search([("place_id", "=", company.tibillet_place_id.id)]))

    def test_someone_who_works_elsewhere_already(self):
        self.cashier.login = "shared@places.example"
        self.wizard(person_ids=[self.person("Whoever", "shared@places.example", "manager")]).action_open()
        self.assertEqual(len(self.cashier.company_ids), 2)
        self.assertEqual(self.cashier.company_id, self.bar.company_id)
        self.assertTrue(self.cashier.has_group("tibillet_base.group_manager"))

    def test_bad_input_opens_nothing(self):
        companies = self.env["res.company"].search_count([])
        for vals, words in (
            ({"card_count": -1}, "cannot be negative"),
            ({"asset_ceiling": -5}, "cannot be negative"),
            ({"card_count": 20_001}, "between 1 and"),
            ({"person_ids": [self.person("Nobody", "not an address", "cashier")]}, "needs an e-mail"),
            (
                {
                    "person_ids": [
                        self.person("Twin", "a@b.example", "cashier"),
                        self.person("Twin", "A@b.example", "manager"),
                    ]
                },
                "twice",
            ),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.wizard(**vals).action_open()
        self.env.invalidate_all()
        self.assertEqual(self.env["res.company"].search_count([]), companies)

    def test_only_the_network_manager(self):
        for user in (self.manager, self.cashier, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["tibillet.venue.wizard"].with_user(user).create({"name": "Pirate"})
        wizard = self.wizard()
        with self.assertRaises(AccessError):
            wizard.with_user(self.manager).action_open()
