from . import test_access, test_cap, test_controls, test_i18n, test_rights, test_round, test_settlement
