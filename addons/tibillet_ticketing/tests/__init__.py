from . import test_door, test_i18n, test_phone, test_rights, test_seats, test_tokens
