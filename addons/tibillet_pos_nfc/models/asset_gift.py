from odoo import api, fields, models, tools
from odoo.tools import sql


class TibilletAsset(models.Model):
    """How gift credit pays: as a discount, which lowers price and VAT, or as a payment of the full price."""

    _inherit = "tibillet.asset"

    gift_treatment = fields.Selection(
        [("discount", "Discount"), ("payment", "Payment")],
        "Gift credit spent",
        default="discount",
        tracking=True,
        help="Discount: taken off the price at the issuer's own tills, so that VAT falls with it. Payment: the VAT is due "
        "on the full price. At other venues it is always a payment. A till that is open takes a change once reloaded.",
    )

    def _auto_init(self):
        if not sql.column_exists(self.env.cr, self._table, "gift_treatment"):
            self._keep_gift_payments()
        return super()._auto_init()

    def _keep_gift_payments(self):
        """Before the column is: gift credit that was spent as a payment stays one, until its accountant says otherwise."""
        sql.create_column(self.env.cr, self._table, "gift_treatment", "varchar")
        self.env.cr.execute(
            """UPDATE tibillet_asset a SET gift_treatment = CASE WHEN EXISTS (
                   SELECT FROM tibillet_ledger_posting p WHERE p.asset_id = a.id) THEN 'payment' ELSE 'discount' END"""
        )

    @api.model_create_multi
    def create(self, vals_list):
        assets = super().create(vals_list)
        assets._tibillet_make_gift_product()
        return assets

    def write(self, vals):
        result = super().write(vals)
        if "gift_treatment" in vals:
            self.env.registry.clear_cache()
            self._tibillet_make_gift_product()
        return result

    def _tibillet_make_gift_product(self):
        """The tills that take this gift off their prices need the article that says so."""
        gifts = self.sudo().filtered(lambda asset: asset.kind == "gift" and asset.gift_treatment == "discount")
        for company in gifts.company_id:
            company._tibillet_gift_product()

    @api.model
    @tools.ormcache("place_id", "currency_id")
    def _taken_off_at(self, place_id, currency_id):
        """Ids of the gift credit that lowers prices at a place, in debit order: its own alone.

        Another venue's is owed to this one for the full price, hence a payment.
        """
        assets = self.env["tibillet.place"].sudo().browse(place_id)._accepted_assets()
        return tuple(
            asset.id
            for asset in assets
            if asset.kind == "gift"
            and asset.gift_treatment == "discount"
            and asset.place_id.id == place_id
            and asset.currency_id.id == currency_id
        )
