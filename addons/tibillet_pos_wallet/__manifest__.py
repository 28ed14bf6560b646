{
    "name": "TiBillet pay by phone",
    "summary": "Pay at a till from the wallet on the phone, without a card",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_pos_nfc", "tibillet_website"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "views/pay_templates.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["tibillet_pos_wallet/static/src/app/**/*"],
        "web.assets_frontend": ["tibillet_pos_wallet/static/src/scss/pay.scss"],
    },
}
