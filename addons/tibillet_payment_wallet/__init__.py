from odoo.addons.payment import reset_payment_provider

from . import controllers, models


def post_init_hook(env):
    """Each venue takes wallets from the start: nobody has to sign a contract for it."""
    env["tibillet.place"].search([])._tibillet_take_wallets()


def uninstall_hook(env):
    reset_payment_provider(env, "tibillet_wallet")
