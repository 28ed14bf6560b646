from . import (
    account_move_line,
    payment_provider,
    stripe_event,
    stripe_payout,
    stripe_payout_line,
    stripe_payout_booking,
    dashboard,
)
