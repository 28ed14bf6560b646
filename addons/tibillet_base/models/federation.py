from odoo import fields, models


class TibilletFederation(models.Model):
    _name = "tibillet.federation"
    _description = "Federation"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True)
    description = fields.Text()
    active = fields.Boolean(default=True)
    member_ids = fields.One2many("tibillet.federation.member", "federation_id", "Members")
    share_ids = fields.One2many("tibillet.federation.share", "federation_id", "Shared assets")

    _name_unique = models.UniqueIndex("(name)", "Another federation already has this name.")
