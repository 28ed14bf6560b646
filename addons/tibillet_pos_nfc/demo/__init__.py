from . import tills
