from . import test_access, test_i18n, test_settlement
