{
    "name": "TiBillet restaurant",
    "summary": "Kitchen and bar screens for what the tills order, and tables named by tapping a card",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_pos_nfc", "pos_restaurant"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/prep_rules.xml",
        "views/prep_screen_page.xml",
        "views/prep_screen_views.xml",
        "views/prep_ticket_views.xml",
    ],
    "demo": ["demo/screens.xml"],
    "assets": {
        "point_of_sale._assets_pos": ["tibillet_pos_restaurant/static/src/app/**/*"],
        "tibillet_pos_restaurant.assets_prep": [
            ("include", "point_of_sale.base_app"),
            "bus/static/src/services/bus_monitoring_service.js",
            "tibillet_pos_nfc/static/src/app/utils/sounds.js",
            "tibillet_pos_restaurant/static/src/prep/**/*",
        ],
        "web.assets_tests": ["tibillet_pos_restaurant/static/tests/tours/**/*"],
    },
}
