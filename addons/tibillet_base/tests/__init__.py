from . import test_ledger_engine, test_ledger_invariants, test_ledger_verify
