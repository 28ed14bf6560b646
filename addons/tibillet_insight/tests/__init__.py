from . import test_hours, test_i18n, test_rights, test_survival, test_tour
