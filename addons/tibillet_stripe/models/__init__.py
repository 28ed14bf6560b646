from . import (
    account_move_line,
    auto_top_up,
    payment_provider,
    payment_session,
    payment_transaction,
    res_partner,
    stripe_event,
    stripe_payout,
    stripe_payout_line,
    stripe_payout_booking,
    top_up_link,
    dashboard,
)
