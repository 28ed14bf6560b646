from . import (
    door,
    event_door,
    event_event,
    event_registration,
    event_slot,
    event_ticket,
    quota,
    seat_hold,
    ticket_key,
    ticket_scan,
)
