from . import phone_payment, pos_payment, till
