from odoo import api, fields, models


class TibilletFederationInvite(models.TransientModel):
    _name = "tibillet.federation.invite"
    _description = "Invite places to a federation"

    federation_id = fields.Many2one("tibillet.federation", required=True, ondelete="cascade")
    place_ids = fields.Many2many("tibillet.place", string="Places", required=True)
    candidate_ids = fields.Many2many("tibillet.place", compute="_compute_candidate_ids")
    message = fields.Text(help="A word for them, added to the letter.")

    @api.depends("federation_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            members = wizard.federation_id.member_ids.filtered(lambda member: member.state in ("invited", "accepted"))
            wizard.candidate_ids = self.env["tibillet.place"].search([("id", "not in", members.place_id.ids)])

    def action_invite(self):
        self.ensure_one()
        self.federation_id._invite(self.place_ids, self.message)
        return {"type": "ir.actions.act_window_close"}
