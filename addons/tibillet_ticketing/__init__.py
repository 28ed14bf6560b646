from . import controllers, exceptions, models, seats, tokens, wizard
from .hooks import uninstall_hook

__all__ = ["controllers", "exceptions", "models", "seats", "tokens", "uninstall_hook", "wizard"]
