"""Cash as people count and type it."""

import re
from decimal import Decimal, InvalidOperation

MOST = Decimal(10**7)
_AMOUNT = re.compile(r"-?\d+([.,]\d{1,2})?")


class BadAmount(ValueError):
    """What was typed or counted is no amount of cash; the message is what was given."""


def parsed(value, least=Decimal("0.01")):
    """Amount (float) of a number or of a text with a point or a French comma; from `least` up.

    :raise BadAmount: not a number, more than two decimals, below `least`, or beyond any drawer
    """
    text = re.sub(r"[\s\u00a0\u202f€]", "", value) if isinstance(value, str) else _text(value)
    if not _AMOUNT.fullmatch(text):
        raise BadAmount(value)
    amount = Decimal(text.replace(",", "."))
    if not least <= amount <= MOST:
        raise BadAmount(value)
    return float(amount)


def counted(counts):
    """Total (float) of what was counted, {"20": 3, "0.5": 7}: the till's own total is not believed.

    :raise BadAmount: an unknown shape, a note worth nothing, a negative or broken count, or nothing at all
    """
    if not isinstance(counts, dict):
        raise BadAmount(counts)
    total = Decimal(0)
    for worth, number in counts.items():
        try:
            value = Decimal(str(worth).replace(",", "."))
        except InvalidOperation:
            raise BadAmount(worth) from None
        if not value.is_finite() or value <= 0 or type(number) is not int or number < 0:
            raise BadAmount(f"{number} × {worth}")
        total += value * number
    return parsed(str(total.quantize(Decimal("0.01"))))


def _text(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        raise BadAmount(value)
    return f"{value:.2f}"
