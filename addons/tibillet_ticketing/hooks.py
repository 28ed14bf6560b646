from . import seats


def uninstall_hook(env):
    """Odoo drops the tables that a model shows; trigger and functions go here."""
    seats.remove(env.cr)
