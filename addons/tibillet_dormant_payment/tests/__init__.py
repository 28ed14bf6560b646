from . import test_pay_back_online
