"""PC/SC calls that the box needs, with errors a till can act on.

Every call blocks and belongs to one thread: a context is never shared between threads.
"""

import contextlib
import time
from typing import NamedTuple

from smartcard import scard

GET_UID = [0xFF, 0xCA, 0x00, 0x00, 0x00]
OK = [0x90, 0x00]
UID_LENGTHS = (4, 7, 10)
PNP = "\\\\?PnP?\\Notification"
MAX_STATES = 16  # pcsc-lite refuses a wait on more states than this


class PcscError(Exception):
    """A PC/SC call failed; the message is PC/SC's own sentence."""


class ServiceGone(PcscError):
    """pcscd is not there (any more): the context is dead, open another."""


class ReaderGone(PcscError):
    """The reader was unplugged."""


class CardGone(PcscError):
    """No card lies on the reader."""


class Busy(PcscError):
    """Another session holds the reader: try again in a few milliseconds."""


class Unreadable(PcscError):
    """A card is there but gives no UID."""


class Card(NamedTuple):
    """What an exclusive session read: both fields in upper-case hexadecimal."""

    uid: str
    atr: str


_ERRORS = {
    scard.SCARD_E_NO_SMARTCARD: CardGone,
    scard.SCARD_W_REMOVED_CARD: CardGone,
    scard.SCARD_E_SHARING_VIOLATION: Busy,
    scard.SCARD_E_READER_UNAVAILABLE: ReaderGone,
    scard.SCARD_E_UNKNOWN_READER: ReaderGone,
    scard.SCARD_E_NO_SERVICE: ServiceGone,
    scard.SCARD_E_SERVICE_STOPPED: ServiceGone,
    scard.SCARD_E_INVALID_HANDLE: ServiceGone,
    scard.SCARD_F_COMM_ERROR: ServiceGone,
}


def _check(code, otherwise):
    """Raise the exception of a PC/SC return code, `otherwise` for one without a meaning of its own."""
    if code != scard.SCARD_S_SUCCESS:
        raise _ERRORS.get(code, otherwise)(scard.SCardGetErrorMessage(code))


@contextlib.contextmanager
def context():
    """A PC/SC context of the calling thread; ServiceGone when pcscd does not answer."""
    code, handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _check(code, ServiceGone)
    try:
        yield handle
    finally:
        scard.SCardReleaseContext(handle)


def readers(handle):
    """Names of the plugged readers, in pcscd's order."""
    try:
        code, names = scard.SCardListReaders(handle, [])
    except (SystemError, UnicodeError):
        # pyscard reads a buffer that nobody filled when pcscd ends between its two calls.
        raise ServiceGone("pcscd ended while it named its readers") from None
    if code == scard.SCARD_E_NO_READERS_AVAILABLE:
        return []
    _check(code, ServiceGone)
    return names


def wait(handle, states, plugged, timeout_ms):
    """Block until a reader's state differs from `states`, a reader is plugged or unplugged, or the time is over.

    :param dict states: reader name -> state that the caller knows
    :param int plugged: number of readers the caller knows, ignored ones too
    :return: reader name -> (new state, atr bytes) of the readers that changed
    """
    asked = list(states.items())[:MAX_STATES]
    if len(asked) < MAX_STATES:
        asked.append((PNP, plugged << 16))
    code, found = scard.SCardGetStatusChange(handle, timeout_ms, asked)
    if code in (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED):
        return {}
    _check(code, ServiceGone)
    return {
        name: (state, bytes(atr)) for name, state, atr in found if name != PNP and state & scard.SCARD_STATE_CHANGED
    }


def cancel(handle):
    """Wake the thread that blocks in `wait` on this context."""
    scard.SCardCancel(handle)


def read_card(handle, reader):
    """Read the UID in a session that nothing else can enter: a Card, or one of the errors above."""
    code, card, protocol = scard.SCardConnect(
        handle, reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    )
    _check(code, Unreadable)
    try:
        pci = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
        code, answer = scard.SCardTransmit(card, pci, GET_UID)
        _check(code, Unreadable)
        code, _name, _state, _protocol, atr = scard.SCardStatus(card)
        _check(code, Unreadable)
    finally:
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    uid, status = bytes(answer[:-2]), answer[-2:]
    if status != OK or len(uid) not in UID_LENGTHS:
        raise Unreadable("The card gives no UID of 4, 7 or 10 bytes.")
    return Card(uid.hex().upper(), bytes(atr).hex().upper())


def read_patiently(reader, patience=0.3, pause=0.01):
    """Read the card from any thread, in a context of its own, trying again while the reader is busy.

    :param float patience: seconds after which Busy or Unreadable is raised for good
    """
    deadline = time.monotonic() + patience
    with context() as handle:
        while True:
            try:
                return read_card(handle, reader)
            except (Busy, Unreadable):
                if time.monotonic() >= deadline:
                    raise
            time.sleep(pause)
