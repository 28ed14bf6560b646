from . import export, paheko_account
