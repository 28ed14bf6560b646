from . import ledger_report, survival
