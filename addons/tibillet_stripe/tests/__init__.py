from . import test_access, test_events, test_i18n, test_payouts
