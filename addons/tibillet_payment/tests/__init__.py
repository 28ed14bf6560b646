from . import (
    test_access,
    test_controls,
    test_credit,
    test_dashboard,
    test_give_back,
    test_i18n,
    test_online_rules,
    test_pages,
    test_refund,
)
