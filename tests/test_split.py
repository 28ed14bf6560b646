"""Which payment paid which part of which line: exact for any order, to the cent and to the sixth decimal."""

import importlib.util
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

SOURCE = Path(__file__).parents[1] / "addons/tibillet_pos_nfc/split.py"
SPEC = importlib.util.spec_from_file_location("split", SOURCE)
module = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(module)
split, share_quantity = module.split, module.share_quantity

AMOUNTS = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8)
PAID = st.lists(st.integers(1, 10**6), min_size=1, max_size=6)


@given(AMOUNTS, AMOUNTS)
def test_every_line_and_every_payment_to_the_unit(lines, parts):
    parts.append(sum(lines) - sum(parts))
    table = split(list(enumerate(lines)), list(enumerate(parts)))
    assert [sum(table.get(line, {}).values()) for line in range(len(lines))] == lines
    assert [sum(row.get(part, 0) for row in table.values()) for part in range(len(parts))] == parts


@given(PAID, st.data())
def test_a_plain_sale_gives_nothing_back(lines, data):
    first = data.draw(st.integers(0, sum(lines)))
    table = split(list(enumerate(lines)), [("gift", first), ("euro", sum(lines) - first)])
    assert all(amount > 0 for row in table.values() for amount in row.values())


@given(PAID, st.integers(1, 10**4))
def test_quantities_sum_to_the_line(amounts, thousandths):
    quantity = thousandths / 1000
    shares = share_quantity(quantity, amounts)
    assert sum(shares) == Decimal(str(quantity))
    assert all(share >= 0 and share == round(share, 6) for share in shares)
    exact = [Decimal(str(quantity)) * amount / sum(amounts) for amount in amounts]
    assert all(abs(share - due) < Decimal("0.00001") for share, due in zip(shares, exact, strict=True))


def test_known_cases():
    assert split([("beer", 400)], [("gift", 100), ("euro", 300)]) == {"beer": {"gift": 100, "euro": 300}}
    assert [str(share) for share in share_quantity(1, [100, 300])] == ["0.250000", "0.750000"]
    assert [str(share) for share in share_quantity(1, [100, 100, 100])] == ["0.333333", "0.333333", "0.333334"]


def test_a_discount_line_lowers_what_the_last_currency_paid():
    table = split([("meal", 1000), ("discount", -200)], [("gift", 300), ("euro", 500)])
    assert table == {"meal": {"gift": 300, "euro": 700}, "discount": {"euro": -200}}
