from . import (
    account_move,
    control,
    settlement_move,
    settlement_pair,
    settlement_statement,
    settlement_statement_line,
    settlement_transfer,
)
