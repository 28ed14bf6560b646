from . import keyring, models
from .hooks import pre_init_hook
