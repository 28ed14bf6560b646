from . import test_access, test_archive, test_cancel, test_feed, test_i18n, test_moves, test_refused_sale, test_reprint
from . import test_rights, test_screen, test_split_bill, test_table_name, test_tables, test_tours
