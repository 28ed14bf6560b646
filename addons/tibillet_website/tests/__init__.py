from . import test_card_page, test_erasure, test_i18n, test_login_link, test_my_wallet
