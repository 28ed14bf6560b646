{
    "name": "TiBillet exports",
    "summary": "Sales, payments and wallet movements as CSV and XLSX with columns that stay, and entries for Paheko",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_pos_closing"],
    "data": [
        "security/ir.model.access.csv",
        "security/export_rules.xml",
        "views/export_views.xml",
        "views/paheko_account_views.xml",
        "wizard/export_make_views.xml",
        "views/menus.xml",
    ],
    "assets": {"web.assets_tests": ["tibillet_export/static/tests/tours/**/*"]},
}
