from . import (
    asset,
    control,
    payment_transaction,
    payment_give_back,
    payment_refund,
    payment_words,
    wallet_refund,
    dashboard,
)
