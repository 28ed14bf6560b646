from . import (
    event_event,
    event_mail,
    event_news,
    event_registration,
    event_registration_mail,
    event_registration_refund,
    payment_ticket_refund,
    payment_transaction,
    sale_order,
    sale_order_refund,
    website,
)
