from . import canteen, tills
