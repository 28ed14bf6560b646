from . import (
    test_authorise,
    test_capture,
    test_card_window,
    test_closing_entries,
    test_js,
    test_late_orders,
    test_payment_method,
    test_refund,
    test_release,
    test_top_up,
    test_tours,
    test_venue_wizard,
)
