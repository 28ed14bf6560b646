{
    "name": "TiBillet till",
    "summary": "Pay, top up and read NFC cards at the till",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_cashless", "point_of_sale"],
    "uninstall_hook": "uninstall_hook",
    "data": [
        "security/tibillet_pos_nfc_groups.xml",
        "views/pos_payment_views.xml",
        "views/pos_payment_method_views.xml",
        "views/res_config_settings_views.xml",
        "wizard/venue_wizard_views.xml",
    ],
    "demo": [
        "demo/products.xml",
        "demo/tills.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["tibillet_pos_nfc/static/src/**/*"],
        "web.assets_tests": ["tibillet_pos_nfc/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["tibillet_pos_nfc/static/tests/unit/**/*"],
    },
}
