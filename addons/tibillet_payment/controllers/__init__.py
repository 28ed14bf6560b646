from . import top_up, wallet
