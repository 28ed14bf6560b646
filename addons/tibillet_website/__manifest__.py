{
    "name": "TiBillet on the web",
    "summary": "My wallet on the phone: balances, cards and history, signed in by a link in a mail",
    "version": "19.0.1.0.0",
    "category": "Website",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_base", "website", "auth_signup"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_templates.xml",
        "data/website_menu.xml",
        "views/sign_in_templates.xml",
        "views/wallet_templates.xml",
        "views/card_templates.xml",
        "views/portal_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tibillet_website/static/src/scss/wallet.scss"],
    },
}
