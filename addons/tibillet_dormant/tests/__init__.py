from . import test_ageing, test_decision, test_i18n, test_rights, test_telling, test_tour
