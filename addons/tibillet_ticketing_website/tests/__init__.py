from . import test_booking, test_held, test_i18n, test_late, test_news, test_refund, test_rights
