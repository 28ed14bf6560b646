from . import keyring


def pre_init_hook(env):
    """The registry refuses to load without the keyring, so it stands before the first model does."""
    keyring.create(env["ir.config_parameter"].get_param("database.uuid"))
