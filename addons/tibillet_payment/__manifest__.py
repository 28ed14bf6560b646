{
    "name": "TiBillet online top-up",
    "summary": "Holders top up their wallet on the phone and get back what is left, through any payment provider of the venue",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_cashless", "tibillet_website", "account_payment"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "views/asset_views.xml",
        "views/payment_transaction_views.xml",
        "views/wallet_views.xml",
        "views/top_up_templates.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tibillet_payment/static/src/scss/top_up.scss"],
    },
}
