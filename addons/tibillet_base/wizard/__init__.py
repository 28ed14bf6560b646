from . import (
    card_draw,
    card_import,
    card_link,
    card_replace,
    federation_invite,
    federation_share,
    venue_wizard,
    venue_wizard_person,
)
