"""Gift credit taken off a price: which tax group bears how much of it. Pure arithmetic in whole minor units."""

from fractions import Fraction


def share(groups, amount):
    """Share a gift over the tax groups of an order in proportion, to the unit: the largest remainders get the rest.

    The till counts the same in gift.js: of equal remainders, the group that comes first by its key is served first.

    :param groups: {key (str): minor units, taxes included}; what comes back (negative) bears nothing
    :param int amount: what is taken off, at most the sum of the groups
    :return: {key: minor units}, which sum to `amount`; groups that bear nothing are left out
    """
    bearing = {key: total for key, total in groups.items() if total > 0}
    whole = sum(bearing.values())
    if not 0 <= amount <= whole:
        raise ValueError("a gift above the price")
    parts = {key: divmod(amount * total, whole) for key, total in bearing.items()} if amount else {}
    left = amount - sum(part for part, _rest in parts.values())
    served = sorted(parts, key=lambda key: (-parts[key][1], key))[:left]
    return {key: part + (key in served) for key, (part, _rest) in parts.items() if part or key in served}


def back(gift, sold, returned):
    """What comes back of a gift, once `returned` of what was `sold` has come back: all of it at the end.

    :param int gift: minor units that were taken off a tax group
    :param int sold: what that group made before, minor units
    :param returned: part of it that came back so far, a number up to `sold`
    :return: int, minor units, rounded half up
    """
    if not sold:
        return 0
    return int((2 * gift * Fraction(returned) + sold) // (2 * sold))
