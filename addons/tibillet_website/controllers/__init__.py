from . import card_page, sign_in, wallet
