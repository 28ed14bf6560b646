"""Which payment paid which part of which line: pure arithmetic in whole minor units."""

from collections import defaultdict
from decimal import ROUND_DOWN, Decimal

SIX_DECIMALS = Decimal("0.000001")


def split(lines, parts):
    """Share out payments over lines, in the order of both, to the unit.

    A line that gives back (negative) takes from the payments that give back, then from the last that pays.

    :param lines: list of (line, amount); amounts sum to the same as those of `parts`
    :param parts: list of (part, amount), negative for what was given back
    :return: {line: {part: amount}}: each line's amounts sum to its own, each part's too
    """
    if sum(amount for _line, amount in lines) != sum(amount for _part, amount in parts):
        raise ValueError("lines and payments differ")
    table = defaultdict(lambda: defaultdict(int))
    left = {sign: _match(table, _of_sign(lines, sign), _of_sign(parts, sign), sign) for sign in (1, -1)}
    for sign, (line_rest, part_rest) in left.items():
        for line, amount in line_rest if parts else ():
            table[line][parts[-1][0]] += sign * amount
        for part, amount in part_rest if lines else ():
            table[lines[-1][0]][part] += sign * amount
    return {line: {part: amount for part, amount in row.items() if amount} for line, row in table.items()}


def _of_sign(rows, sign):
    return [[name, sign * amount] for name, amount in rows if sign * amount > 0]


def _match(table, lines, parts, sign):
    """Let each part pay lines until it is spent; what is left on either side."""
    at = 0
    for row in lines:
        while row[1] and at < len(parts):
            paid = min(row[1], parts[at][1])
            table[row[0]][parts[at][0]] += sign * paid
            row[1] -= paid
            parts[at][1] -= paid
            at += not parts[at][1]
    return [row for row in lines if row[1]], [part for part in parts if part[1]]


def share_quantity(quantity, amounts):
    """Share a line's quantity as its amounts are: six decimals, the last takes the remainder.

    :param quantity: float, the line's
    :param amounts: list of minor units, in the order of debit
    :return: list of :class:`Decimal` that sum to the quantity
    """
    quantity, total = Decimal(str(quantity)), sum(amounts)
    if not total:
        return [Decimal(0)] * (len(amounts) - 1) + [quantity] * bool(amounts)
    shares = [(quantity * amount / total).quantize(SIX_DECIMALS, ROUND_DOWN) for amount in amounts[:-1]]
    return [*shares, quantity - sum(shares)]
