{
    "name": "TiBillet online top-up: demonstration",
    "summary": "The demo network's holders top up on the phone, with Odoo's demonstration provider: nothing is paid",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_payment", "payment_demo"],
    "demo": ["demo/online.xml"],
    "auto_install": True,
}
