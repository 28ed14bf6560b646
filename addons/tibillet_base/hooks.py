from . import keyring, ledger


def pre_init_hook(env):
    """The registry refuses to load without the keyring, so it stands before the first model does."""
    keyring.create(env["ir.config_parameter"].get_param("database.uuid"))


def uninstall_hook(env):
    """Odoo drops the tables that a model shows; the rest of the ledger goes here."""
    ledger.remove(env.cr)
