from . import keyring, models, demo
from .hooks import pre_init_hook
