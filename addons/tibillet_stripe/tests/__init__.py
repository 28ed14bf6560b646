from . import (
    test_access,
    test_auto_pages,
    test_auto_top_up,
    test_controls,
    test_events,
    test_i18n,
    test_payouts,
    test_rights,
    test_top_up_link,
)
