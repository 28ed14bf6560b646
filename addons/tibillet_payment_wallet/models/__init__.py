from . import payment_provider, payment_transaction, payment_wallet_books, place
