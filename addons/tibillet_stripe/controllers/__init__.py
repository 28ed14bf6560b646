from . import stripe_event
