{
    "name": "TiBillet closings",
    "summary": "Ticket Z, day, month and year closings, corrections and cash of the till, signed and verifiable",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_pos_nfc"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/closing_rules.xml",
        "report/closing_report_templates.xml",
        "report/closing_reports.xml",
        "data/ir_cron.xml",
        "views/closing_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["tibillet_pos_closing/static/src/**/*"],
        "web.assets_tests": ["tibillet_pos_closing/static/tests/tours/**/*"],
    },
}
