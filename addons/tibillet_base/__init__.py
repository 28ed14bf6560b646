from . import controllers, demo, keyring, models, report, wizard
from .hooks import pre_init_hook, uninstall_hook
