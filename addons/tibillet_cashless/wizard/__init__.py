from . import book_operations, venue_wizard, wallet_operation
