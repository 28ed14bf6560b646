from . import auto_top_up, stripe_event, top_up_link
