from . import test_access, test_feeds, test_filters, test_http, test_i18n, test_machines, test_rights
