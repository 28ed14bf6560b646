from odoo import fields, models


class TibilletFederationMember(models.Model):
    _name = "tibillet.federation.member"
    _description = "Member of a federation"
    _rec_name = "place_id"
    _order = "federation_id, id"

    federation_id = fields.Many2one("tibillet.federation", required=True, readonly=True, ondelete="cascade", index=True)
    place_id = fields.Many2one("tibillet.place", required=True, readonly=True, ondelete="cascade", index=True)
    state = fields.Selection(
        [("invited", "Invited"), ("accepted", "Member"), ("refused", "Refused"), ("left", "Left")],
        required=True, readonly=True, default="invited",
    )

    _once = models.Constraint("UNIQUE (federation_id, place_id)", "This place is already in the federation.")
