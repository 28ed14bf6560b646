from . import agenda, event
