from . import exceptions, models, seats, tokens
from .hooks import post_init_hook, uninstall_hook

__all__ = ["exceptions", "models", "post_init_hook", "seats", "tokens", "uninstall_hook"]
