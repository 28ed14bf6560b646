from . import (
    test_access,
    test_back_office,
    test_closing_entries,
    test_i18n,
    test_mirrors,
    test_office_operations,
    test_setup_books,
    test_sweep,
    test_sweep_days,
    test_topup_product,
    test_uninstall,
    test_wallet_control,
)
