from . import (
    account_sale_closing,
    fiscal_entry,
    pos_order,
    pos_order_line,
    pos_payment,
    pos_session,
    res_company,
)
