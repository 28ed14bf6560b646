# What stripe 16.1.0 speaks (requirements/odoo.in): named, so that a newer library changes nothing by itself.
API_VERSION = "2026-10-28.endive"
# Seconds for an answer, and how often an unanswered request is sent again (with the same idempotency key).
TIMEOUT = 10
RETRIES = 2

EVENTS = (
    "payout.paid",
    "payout.failed",
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)

# Types of Stripe's balance transactions: https://docs.stripe.com/reports/balance-transaction-types
KINDS = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "stripe_fee": "fee",
    "tax_fee": "fee",
    "network_cost": "fee",
    "adjustment": "adjustment",
    "payout_failure": "payout",
    "payout_cancel": "payout",
}
