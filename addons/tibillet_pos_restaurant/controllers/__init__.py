from . import prep, till
