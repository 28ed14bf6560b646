from odoo import api, fields, models
from odoo.exceptions import UserError


class TibilletFederationMember(models.Model):
    _name = "tibillet.federation.member"
    _description = "Member of a federation"
    _rec_name = "place_id"
    _order = "federation_id, id"

    federation_id = fields.Many2one("tibillet.federation", required=True, readonly=True, ondelete="cascade", index=True)
    place_id = fields.Many2one("tibillet.place", required=True, readonly=True, ondelete="cascade", index=True)
    category = fields.Selection(related="place_id.category")
    state = fields.Selection(
        [("invited", "Invited"), ("accepted", "Member"), ("refused", "Refused"), ("left", "Left")],
        required=True,
        readonly=True,
        default="invited",
    )
    can_answer = fields.Boolean(compute="_compute_can_answer", help="The user runs this place.")

    _once = models.Constraint("UNIQUE (federation_id, place_id)", "This place is already in the federation.")

    @api.depends("place_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_answer(self):
        for member in self:
            member.can_answer = member.place_id._is_run_by_user()

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def action_accept(self):
        self._answer(("invited",), "accepted")

    def action_refuse(self):
        self._answer(("invited",), "refused")

    def action_leave(self):
        """What the place shared goes with it; balances stay where they are, and are still taken at their issuer's."""
        self._answer(("accepted",), "left")
        for member in self.sudo():
            member.federation_id.share_ids.filtered(
                lambda share, place=member.place_id: share.place_id == place
            ).unlink()

    def _answer(self, from_states, state):
        words = dict(self._fields["state"]._description_selection(self.env))
        for member in self:
            member.place_id._check_manager()
            if member.state not in from_states:
                raise UserError(
                    self.env._(
                        "%(place)s: the answer was given already (%(state)s).",
                        place=member.place_id.name,
                        state=words[member.state],
                    )
                )
            member.sudo().state = state
            member.federation_id.sudo().message_post(
                body=self.env._("%(place)s: %(state)s.", place=member.place_id.name, state=words[state]),
            )

    def _send_invitation(self, message):
        """Letter to the invited place, at its address or its company's; none when it has neither."""
        template = self.env.ref("tibillet_base.mail_template_federation_invitation")
        for member in self.filtered(lambda member: member.place_id._contact_email()):
            template.sudo().with_context(tibillet_message=message).send_mail(member.id)
