from . import test_held, test_i18n, test_late
