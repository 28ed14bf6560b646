from . import test_fec, test_i18n
