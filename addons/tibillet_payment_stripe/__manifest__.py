{
    "name": "TiBillet online top-up by Stripe",
    "summary": "Stripe's messages are believed only when signed, and asked again before a wallet is credited",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_payment", "payment_stripe"],
    "auto_install": True,
}
