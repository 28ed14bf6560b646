from odoo import Command, api, models

from ..models.res_company import picture

# What each demo bar sells: xml id, VAT in %, picture.
PRODUCTS = (("beer", 20, "beer"), ("juice", 10, "juice"), ("dal", 10, "dal"), ("samosa", 10, "samosa"))
TILLS = {"bar": "Bar du fond", "grange": "Buvette de la Grange", "festival": "Bar des rives"}


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _open_tills(self):
        """A till ready to open in each demo venue, with something to eat and to drink; gift credit lowers its prices."""
        self._ref("demo_asset_gift").gift_treatment = "discount"
        if not self.env["pos.config"].search_count([("company_id", "=", self._ref("demo_company_grange").id)], limit=1):
            self._open_canteen()
        for name, till in TILLS.items():
            company = self._ref(f"demo_company_{name}")
            if not self.env["pos.config"].search_count([("company_id", "=", company.id)], limit=1):
                config = company._tibillet_open_till(till)
                self._sell_at(company)
                self._show_the_bar_only(config)

    def _show_the_bar_only(self, config):
        """Odoo's own demonstration sells desks and chairs to every till: ours shows what a bar sells."""
        categories = [self.env.ref(f"tibillet_pos_nfc.demo_category_{name}") for name in ("drinks", "food", "cards")]
        top_ups = self.env["product.template"].search(
            [("company_id", "=", config.company_id.id), ("tibillet_asset_id", "!=", False)]
        )
        top_ups.pos_categ_ids = [Command.set(categories[-1].ids)]
        config.write(
            {
                "limit_categories": True,
                "iface_available_categ_ids": [Command.set([category.id for category in categories])],
            }
        )

    def _sell_at(self, company):
        """VAT included in the price, as on a bar's blackboard, wherever the country's chart knows it."""
        for xml_id, vat, image in PRODUCTS:
            product = self.env.ref(f"tibillet_pos_nfc.demo_product_{xml_id}").sudo()
            product.image_1920 = product.image_1920 or picture(image)
            tax = self._sale_tax(company, vat)
            product.taxes_id = [Command.link(tax.id)] if tax else []

    def _sale_tax(self, company, vat):
        """A VAT included in the price where the chart has one; many wait there, not yet active."""
        taxes = (
            self.env["account.tax"]
            .with_context(active_test=False)
            .search([("company_id", "=", company.id), ("type_tax_use", "=", "sale"), ("amount", "=", vat)])
            .sorted(lambda tax: (not tax.price_include, tax.id))
        )
        taxes[:1].active = True
        return taxes[:1]
