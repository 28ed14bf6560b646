from odoo import api, fields, models


class PosConfig(models.Model):
    _inherit = "pos.config"

    tibillet_prep_screen_ids = fields.Many2many("tibillet.prep.screen", string="Preparation screens")

    tibillet_cancel_approval = fields.Boolean(
        "Approve what is cancelled",
        default=True,
        help="What was sent to the kitchen is lowered, removed or cancelled with a manager's card or PIN only.",
    )

    @api.model
    def _load_pos_data_read(self, records, config):
        read_records = super()._load_pos_data_read(records, config)
        for record in read_records:
            screens = self.browse(record["id"]).sudo().tibillet_prep_screen_ids
            record["_tibillet_prep_category_ids"] = screens._prepared_categories().ids
        return read_records
