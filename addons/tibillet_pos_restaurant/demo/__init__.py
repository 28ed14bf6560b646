from . import dining_room, screens
