from odoo import api, fields, models


class TibilletFederationShare(models.Model):
    _name = "tibillet.federation.share"
    _description = "Asset shared with a federation"
    _rec_name = "asset_id"
    _order = "federation_id, id"

    federation_id = fields.Many2one("tibillet.federation", required=True, readonly=True, ondelete="cascade", index=True)
    asset_id = fields.Many2one("tibillet.asset", required=True, readonly=True, ondelete="cascade", index=True)
    place_id = fields.Many2one(related="asset_id.place_id", string="Issuer", store=True, index=True)
    kind = fields.Selection(related="asset_id.kind")
    can_withdraw = fields.Boolean(compute="_compute_own", help="The user runs the place that issues it.")
    taken_here = fields.Boolean(compute="_compute_own", help="The user's place takes it.")

    _once = models.Constraint("UNIQUE (federation_id, asset_id)", "This asset is already shared with the federation.")

    @api.depends("asset_id", "federation_id.member_ids.state")
    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_own(self):
        own = self.env.company.tibillet_place_id
        for share in self:
            share.can_withdraw = share.place_id._is_run_by_user()
            share.taken_here = bool(own) and share.asset_id.id in own._accepted_asset_ids()

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def action_withdraw(self):
        """Only the issuer takes its asset back."""
        for share in self:
            share.place_id._check_manager()
            share.federation_id.sudo().message_post(
                body=self.env._(
                    "%(place)s no longer shares %(asset)s.",
                    place=share.place_id.name,
                    asset=share.asset_id.name,
                )
            )
        self.sudo().unlink()

    def action_refuse_here(self):
        """The user's place no longer takes this asset."""
        self._own_place().excluded_asset_ids |= self.asset_id

    def action_take_here(self):
        self._own_place().excluded_asset_ids -= self.asset_id

    def _own_place(self):
        place = self.env.company.tibillet_place_id
        place._check_manager()
        return place
