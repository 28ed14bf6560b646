from . import badge
