from contextlib import contextmanager

from odoo.exceptions import ValidationError

from . import seats


class SeatsGone(ValidationError):
    """Fewer seats are left than asked; the sentence says of what."""


@contextmanager
def said(env):
    """Raise :class:`SeatsGone`, in the reader's words, where PostgreSQL says that a quota is sold out."""
    try:
        with seats.translated():
            yield
    except seats.SoldOut as error:
        # The words are looked up by another transaction: this one was aborted by PostgreSQL.
        raise SeatsGone(_sentence(env, error)) from error


def _sentence(env, error):
    if error.left == 1:
        return env._("Only one place is left: somebody was faster. Take fewer, or look at the other dates.")
    if error.left:
        return env._(
            "Only %(left)s places are left: somebody was faster. Take fewer, or look at the other dates.",
            left=error.left,
        )
    return env._("The last places are taken: somebody was faster. Look at the other prices or dates.")
