from . import booking, payment, registration
