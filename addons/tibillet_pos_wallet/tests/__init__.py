from . import test_i18n, test_pay_by_phone, test_pay_page, test_rights
