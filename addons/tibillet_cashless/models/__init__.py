from . import (
    account_chart_template,
    account_move,
    asset,
    booked_transaction,
    booking,
    booking_mirror,
    ir_module_module,
    ledger_transaction,
    product_template,
    res_company,
    res_config_settings,
    wallet_control,
)
