from . import pos_category, pos_config, pos_order, pos_order_archive, pos_order_line
from . import prep_counter, prep_line, prep_screen, prep_screen_feed, prep_ticket, prep_ticket_reprint
from . import res_config_settings, till_cancel, till_reprint, till_table_name, till_tables
