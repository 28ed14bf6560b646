{
    "name": "TiBillet",
    "summary": "Places, federations, cards, wallets and the ledger of a cooperative network of venues",
    "version": "19.0.1.0.0",
    "category": "Services",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["base", "mail", "web"],
    "external_dependencies": {"python": ["cryptography"]},
    "data": [
        "security/tibillet_groups.xml",
        "security/ir.model.access.csv",
        "security/tibillet_rules.xml",
        "data/mail_templates.xml",
    ],
    "demo": [
        "demo/network.xml",
        "demo/people.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "application": True,
}
