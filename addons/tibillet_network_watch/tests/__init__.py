from . import test_i18n, test_network_file, test_network_watch, test_rights, test_tour
