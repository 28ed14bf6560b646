{
    "name": "TiBillet till · France",
    "summary": "Thirty French tills at once: the fiscal chain is sealed just after the commit, never while a customer waits",
    "version": "19.0.1.0.0",
    "category": "Accounting/Localizations/Point of Sale",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_pos_nfc", "l10n_fr_pos_cert"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
    "data": [
        "security/ir.model.access.csv",
        "security/tibillet_l10n_fr_pos_rules.xml",
        "data/cron.xml",
    ],
}
