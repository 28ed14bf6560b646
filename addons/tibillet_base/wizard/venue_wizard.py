from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TibilletVenueWizard(models.TransientModel):
    """Opens a venue on one page. Other addons extend the `_open_…` steps: accounts, a till, a site."""

    _name = "tibillet.venue.wizard"
    _description = "Open a venue"

    name = fields.Char("Name of the venue", required=True)
    category = fields.Selection(
        lambda self: self.env["tibillet.place"]._fields["category"].selection,
        required=True,
        default="venue",
    )
    company_id = fields.Many2one(
        "res.company",
        "Existing company",
        help="Leave empty to create the company of this venue.",
        domain=lambda self: [("id", "not in", self.env["tibillet.place"].sudo().search([]).company_id.ids)],
    )
    email = fields.Char()
    url = fields.Char("Website")
    country_id = fields.Many2one("res.country", required=True, default=lambda self: self.env.company.country_id)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    federation_id = fields.Many2one("tibillet.federation", "Federation", help="The venue joins it at once.")

    has_asset = fields.Boolean("The venue issues its own money", default=True)
    asset_name = fields.Char("Name of the money", default=lambda self: self.env._("Euro"))
    asset_ceiling = fields.Float("Highest balance on a card", default=250, help="0 for none.")
    asset_refundable = fields.Boolean("Paid back on request", default=True)

    card_count = fields.Integer(
        "First cards", default=50, help="Numbers and QR codes are drawn; chips are enrolled by tapping."
    )
    person_ids = fields.One2many("tibillet.venue.wizard.person", "wizard_id", "People")

    @api.onchange("company_id")
    def _onchange_company_id(self):
        if self.company_id:
            self.name = self.name or self.company_id.name
            self.country_id = self.company_id.country_id or self.country_id
            self.currency_id = self.company_id.currency_id
            self.email = self.email or self.company_id.email

    def action_open(self):
        """Company, place, money, cards, people: all of it, or nothing."""
        self.ensure_one()
        self._check()
        company = self._open_company()
        opener = (
            self.sudo().with_company(company).with_context(allowed_company_ids=[*self.env.companies.ids, company.id])
        )
        place = opener._open_place(company)
        opener._open_asset(place)
        opener._open_cards(place)
        opener._open_people(company)
        return opener._opened(place)

    def _check(self):
        if not self.env.user.has_group("tibillet_base.group_network_manager"):
            raise AccessError(self.env._("Only a network manager opens a venue."))
        if self.card_count < 0:
            raise UserError(self.env._("The number of cards cannot be negative."))
        if self.asset_ceiling < 0:
            raise UserError(self.env._("A ceiling cannot be negative."))
        logins = [person.email.strip().lower() for person in self.person_ids]
        if len(set(logins)) < len(logins):
            raise UserError(self.env._("The same person stands twice in the list."))
        self.person_ids._check_emails()

    def _open_company(self):
        """The company (sudo) of the venue; whoever opens it may work in it."""
        # Without install_mode Odoo would install the country's modules, and commit, in the middle of this.
        companies = self.env["res.company"].sudo().with_context(install_mode=True)
        company = self.company_id.sudo() or companies.create(
            {
                "name": self.name,
                "email": self.email,
                "country_id": self.country_id.id,
                "currency_id": self.currency_id.id,
            }
        )
        self.currency_id.sudo().active = True
        self.env.user.sudo().company_ids |= company
        return company.with_env(self.env(su=True))

    def _open_place(self, company):
        place = self.env["tibillet.place"].create(
            {
                "name": self.name,
                "category": self.category,
                "company_id": company.id,
                "email": self.email,
                "url": self.url,
            }
        )
        if self.federation_id:
            self.federation_id._invite(place)
            self.federation_id.member_ids.filtered(lambda member: member.place_id == place).action_accept()
        return place

    def _open_asset(self, place):
        """The venue's own money, empty when it issues none."""
        assets = self.env["tibillet.asset"]
        if not self.has_asset:
            return assets
        return assets.create(
            {
                "name": self.asset_name or self.currency_id.name,
                "code": self.currency_id.name,
                "kind": "money",
                "place_id": place.id,
                "currency_id": self.currency_id.id,
                "refundable": self.asset_refundable,
                "ceiling_amount": self.asset_ceiling,
            }
        )

    def _open_cards(self, place):
        """The first batch, empty when no card is asked for."""
        batches = self.env["tibillet.card.batch"]
        if not self.card_count:
            return batches
        batch = batches.create(
            {
                "name": self.env._("First cards of %s", place.name),
                "place_id": place.id,
                "qr_base_url": self.url or place.get_base_url(),
            }
        )
        batch._generate(self.card_count)
        return batch

    def _open_people(self, company):
        """Users invited to the venue; one who has an access already gets this venue added."""
        return self.person_ids._open_users(company)

    def _opened(self, place):
        """Where the wizard leads: the new place, in its own company, which the page must learn about first."""
        return {
            "type": "ir.actions.client",
            "tag": "tibillet_base.venue_opened",
            "params": {"place_id": place.id, "company_id": place.company_id.id},
        }
