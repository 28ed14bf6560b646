from . import card_page, forgotten, sign_in, wallet
