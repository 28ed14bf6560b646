from odoo import api, fields, models


class TibilletFederationShareWizard(models.TransientModel):
    _name = "tibillet.federation.share.wizard"
    _description = "Share an asset with a federation"

    federation_id = fields.Many2one("tibillet.federation", required=True, ondelete="cascade")
    asset_id = fields.Many2one("tibillet.asset", required=True)
    candidate_ids = fields.Many2many("tibillet.asset", compute="_compute_candidate_ids")

    @api.depends("federation_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            run = wizard.federation_id._members().place_id.filtered(lambda place: place._is_run_by_user())
            wizard.candidate_ids = run.asset_ids - wizard.federation_id.share_ids.asset_id

    def action_share(self):
        self.ensure_one()
        self.federation_id._share(self.asset_id)
        return {"type": "ir.actions.act_window_close"}
