from . import pos_config, pos_order, pos_order_line, prep_counter, prep_line, prep_screen, prep_screen_feed, prep_ticket
from . import till_table_name, till_tables
