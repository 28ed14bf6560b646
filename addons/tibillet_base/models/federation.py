from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TibilletFederation(models.Model):
    _name = "tibillet.federation"
    _description = "Federation"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True)
    description = fields.Text(help="What these places share, in a sentence that an invited place reads.")
    active = fields.Boolean(default=True)
    member_ids = fields.One2many("tibillet.federation.member", "federation_id", "Places")
    share_ids = fields.One2many("tibillet.federation.share", "federation_id", "Shared assets")
    member_count = fields.Integer("Members", compute="_compute_member_count")
    own_member_id = fields.Many2one("tibillet.federation.member", compute="_compute_own_member_id")
    own_state = fields.Selection(
        [("invited", "Invited"), ("accepted", "Member"), ("refused", "Refused"), ("left", "Left")],
        "My place",
        compute="_compute_own_member_id",
    )

    _name_unique = models.UniqueIndex("(name)", "Another federation already has this name.")

    @api.depends("member_ids.state")
    def _compute_member_count(self):
        for federation in self:
            federation.member_count = len(federation._members())

    @api.depends("member_ids.state")
    @api.depends_context("company")
    def _compute_own_member_id(self):
        own = self.env.company.tibillet_place_id
        for federation in self:
            federation.own_member_id = federation.member_ids.filtered(lambda member: own and member.place_id == own)[:1]
            federation.own_state = federation.own_member_id.state

    @api.model_create_multi
    def create(self, vals_list):
        """The place of whoever founds a federation is its first member."""
        federations = super().create(vals_list)
        founder = self.env.company.tibillet_place_id
        if founder:
            self.env["tibillet.federation.member"].sudo().create(
                [
                    {"federation_id": federation.id, "place_id": founder.id, "state": "accepted"}
                    for federation in federations
                    if not federation.member_ids
                ]
            )
        return federations

    def _members(self):
        """Member lines that have accepted."""
        return self.member_ids.filtered(lambda member: member.state == "accepted")

    def _check_member_manager(self):
        """AccessError unless the user runs one of the federation's places."""
        if self.env.su or self.env.user.has_group("tibillet_base.group_network_manager"):
            return
        runs = self.env.user.has_group("tibillet_base.group_manager")
        for federation in self:
            if not runs or not federation.sudo()._members().place_id.company_id & self.env.companies:
                raise AccessError(self.env._("Only a member of “%s” may do that.", federation.name))

    def _invite(self, places, message=False):
        """Invite `places`; one that refused or left is asked again. UserError when one is invited or in already.

        Each gets a letter (`message`: words of whoever invites) and finds the invitation on its dashboard.
        """
        self.ensure_one()
        self._check_member_manager()
        members = self.env["tibillet.federation.member"].sudo()
        for place in places:
            member = members.search([("federation_id", "=", self.id), ("place_id", "=", place.id)])
            if member.state in ("invited", "accepted"):
                raise UserError(self.env._("%s is already invited.", place.name))
            if member:
                member.state = "invited"
            else:
                member = members.create({"federation_id": self.id, "place_id": place.id})
            member._send_invitation(message)
            self.message_post(body=self.env._("%s is invited.", place.name))

    def _share(self, asset):
        """Share `asset` with the federation: its issuer decides, and must be a member."""
        self.ensure_one()
        asset.place_id._check_manager()
        if asset.place_id not in self.sudo()._members().place_id:
            raise UserError(
                self.env._(
                    "%(place)s must join “%(federation)s” first.", place=asset.place_id.name, federation=self.name
                )
            )
        if asset in self.sudo().share_ids.asset_id:
            raise UserError(
                self.env._("%(asset)s is already shared with “%(federation)s”.", asset=asset.name, federation=self.name)
            )
        self.env["tibillet.federation.share"].sudo().create({"federation_id": self.id, "asset_id": asset.id})
        self.message_post(body=self.env._("%(place)s shares %(asset)s.", place=asset.place_id.name, asset=asset.name))

    def action_accept(self):
        self.own_member_id.action_accept()

    def action_refuse(self):
        self.own_member_id.action_refuse()

    def action_leave(self):
        self.own_member_id.action_leave()
