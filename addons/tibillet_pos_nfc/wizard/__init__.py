from . import venue_wizard
