from . import keyring, ledger, models
from .hooks import pre_init_hook
