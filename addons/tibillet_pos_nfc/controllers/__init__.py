from . import desk, till
