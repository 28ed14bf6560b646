from . import (
    account_move,
    control,
    settlement_act,
    settlement_move,
    settlement_pair,
    settlement_round,
    settlement_round_line,
    settlement_statement,
    settlement_statement_line,
    settlement_transfer,
)
