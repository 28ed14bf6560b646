{
    "name": "TiBillet dormant balances, online",
    "summary": "Dormant balances go back to the online payments they came from; mails lead to the wallet on the web",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_dormant", "tibillet_payment"],
    "auto_install": True,
}
