from . import controllers, exceptions, models, seats, tokens, wizard
from .hooks import post_init_hook, uninstall_hook

__all__ = ["controllers", "exceptions", "models", "post_init_hook", "seats", "tokens", "uninstall_hook", "wizard"]
