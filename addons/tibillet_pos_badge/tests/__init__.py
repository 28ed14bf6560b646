from . import test_access, test_badge, test_i18n, test_rights, test_stay, test_tours
