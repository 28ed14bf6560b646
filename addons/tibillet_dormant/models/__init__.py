from . import (
    asset,
    booking,
    dormant_balance,
    dormant_decision,
    dormant_decision_line,
    dormant_notice,
    ledger_balance,
    wallet,
)
