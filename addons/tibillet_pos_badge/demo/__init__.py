from . import badges
