{
    "name": "TiBillet: paid with the wallet",
    "summary": "Orders and invoices on the web are paid with what is on the wallet",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_payment"],
    "data": ["views/payment_templates.xml", "data/payment_method.xml"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
