from . import test_access, test_feed, test_i18n, test_moves, test_screen, test_split_bill, test_table_name, test_tables, test_tours
