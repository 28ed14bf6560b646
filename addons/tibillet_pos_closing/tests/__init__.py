from . import (
    test_cash,
    test_closing,
    test_closing_archive,
    test_closing_print,
    test_closing_report,
    test_correction,
    test_forged,
    test_i18n,
    test_rights,
    test_tours,
    test_training,
    test_training_desk,
)
