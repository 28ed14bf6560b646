from . import (
    test_export_files,
    test_export_rights,
    test_exports,
    test_i18n,
    test_many_orders,
    test_paheko,
    test_rights,
    test_tours,
)
