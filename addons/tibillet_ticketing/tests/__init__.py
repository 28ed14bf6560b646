from . import (
    test_door,
    test_duplicate,
    test_follow,
    test_i18n,
    test_kinds,
    test_person,
    test_phone,
    test_rights,
    test_rule,
    test_seats,
    test_series,
    test_tokens,
)
