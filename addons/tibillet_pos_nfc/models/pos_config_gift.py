from odoo import models


class PosConfig(models.Model):
    """What a till knows of gift credit as a discount."""

    _inherit = "pos.config"

    def _get_special_products(self):
        """No article to sell: the till adds it by itself."""
        companies = self.env["res.company"].sudo().search([("tibillet_gift_product_id", "!=", False)])
        return super()._get_special_products() | companies.tibillet_gift_product_id.with_env(self.env)

    def _load_pos_data_read(self, records, config):
        read_records = super()._load_pos_data_read(records, config)
        for record in read_records:
            company = self.browse(record["id"]).company_id.sudo()
            record["_tibillet_gift_product_id"] = company.tibillet_gift_product_id.id
        return read_records
