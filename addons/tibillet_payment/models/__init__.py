from . import asset, payment_transaction, payment_give_back, payment_refund, payment_words, wallet_refund, dashboard
