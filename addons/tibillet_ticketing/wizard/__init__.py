from . import door_pair
