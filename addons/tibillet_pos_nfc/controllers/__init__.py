from . import desk, login, till
