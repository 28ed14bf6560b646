from . import (
    test_access,
    test_card_page,
    test_erasure,
    test_i18n,
    test_login_link,
    test_my_wallet,
    test_rights,
    test_strangers,
    test_tours,
)
