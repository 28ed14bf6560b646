from . import book_operations, wallet_operation
