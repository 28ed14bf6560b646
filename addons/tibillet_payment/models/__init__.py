from . import asset, payment_transaction, payment_give_back, payment_words, dashboard
