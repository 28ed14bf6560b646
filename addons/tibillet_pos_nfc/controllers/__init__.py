from . import desk, device, login, rules, till
