from . import (
    pos_config,
    pos_order,
    pos_order_line,
    pos_payment,
    pos_payment_method,
    pos_session,
    pos_session_books,
    product_template,
    res_company,
    res_config_settings,
    till,
    till_card_window,
)
