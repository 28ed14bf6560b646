from . import pay, till
