from odoo import fields, models


class Website(models.Model):
    """A new website sells as the first ones do: without an account, see ``post_init_hook``."""

    _inherit = "website"

    account_on_checkout = fields.Selection(default="disabled")
    auth_signup_uninvited = fields.Selection(default="b2b")
