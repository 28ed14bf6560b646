from odoo import api, fields, models

from .. import keyring


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tibillet_anchor_email = fields.Char(
        "Keeper of the roots",
        config_parameter="tibillet_base.anchor_email",
        help="Receives each day's root of the ledger: a root that leaves the database proves that it was not rewritten.",
    )
    tibillet_hold_hours = fields.Integer(
        "Warn of a hold after",
        config_parameter="tibillet_base.hold_hours",
        default=24,
        help="Hours after which money still reserved by a till is shown to its manager.",
    )
    tibillet_keyring_path = fields.Char("Keyring", compute="_compute_tibillet_keyring")
    tibillet_key_id = fields.Char("Current card key", compute="_compute_tibillet_keyring")
    tibillet_is_original = fields.Boolean("Original database", compute="_compute_tibillet_keyring")

    @api.depends_context("uid")
    def _compute_tibillet_keyring(self):
        for settings in self:
            settings.tibillet_keyring_path = str(keyring.path())
            settings.tibillet_key_id = keyring.current_key_id()
            settings.tibillet_is_original = keyring.is_original(self.env)
