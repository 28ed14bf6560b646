{
    "name": "TiBillet FEC",
    "summary": "The French FEC, by Odoo's own wizard, from the books' menu of a venue in France",
    "version": "19.0.1.0.0",
    "category": "Accounting/Localizations/Reporting",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_cashless", "l10n_fr_account"],
    "auto_install": True,
    "data": [
        "security/fec_rules.xml",
        "views/fec_views.xml",
    ],
}
