"""Words that the till, the ledger and the orders share."""

TERMINAL = "tibillet_nfc"

# Above any basket: what passes it is a slip of the keyboard.
MAX_AMOUNT = 10**8

# Cards that may be tried on one payment line before it must be started again.
ATTEMPTS = 20


def row_id(value):
    """An id as a till sends it, 0 when it can be no row's."""
    return value if type(value) is int and 0 < value < 2**31 else 0


def session_owner(session_id):
    """Owner of the holds of a till's session."""
    return f"pos.session:{session_id}"


def owner_session_id(owner):
    """Session's id of an owner, 0 when it is no till's."""
    model, _, id_ = owner.partition(":")
    return int(id_) if model == "pos.session" and id_.isdecimal() else 0


def payment_key(uuid):
    """Key under which a payment is captured, once."""
    return f"pos.payment:{uuid}"


def hold_keys(payment_uuid):
    """Keys of the holds that a payment line may take, one a card that was tried."""
    yield payment_key(payment_uuid)
    for attempt in range(2, ATTEMPTS + 1):
        yield f"{payment_key(payment_uuid)}:{attempt}"


def hold_payload(order_uuid, card_number):
    """What a hold is bound to beside its wallet and amount; no number where no card was tapped."""
    return f"{order_uuid}|{card_number or ''}"


def top_up_key(line_uuid):
    """Key under which a top-up line is credited, once."""
    return f"pos.order.line:{line_uuid}"


def offer_key(line_uuid):
    """Key under which a manager's word for an offered line is logged."""
    return f"offer:{line_uuid}"


def gift_key(payment_uuid):
    """What the gift credit that a payment takes off the price is held and captured for."""
    return f"{payment_uuid}/gift"


def gift_back_key(order_uuid):
    """Key under which an order of refunds gives gift credit back, once."""
    return f"pos.order:{order_uuid}/gift"
