{
    "name": "TiBillet pictures",
    "summary": "Money in circulation, where it is spent, how long it sleeps, and at which hour: graphs and a dashboard",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_dormant", "board"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/ledger_report_views.xml",
        "views/survival_views.xml",
        "views/pictures.xml",
    ],
    "assets": {
        "web.assets_backend": ["tibillet_insight/static/src/**/*.scss"],
        "web.assets_tests": ["tibillet_insight/static/tests/tours/**/*"],
    },
}
