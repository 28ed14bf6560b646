from . import settlement_netting, settlement_pay
