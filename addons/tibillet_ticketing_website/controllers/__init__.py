from . import booking, registration
