"""For a genuine Odoo IoT Box: each card put on a reader is an event. Copy into its `iot_handlers/drivers/`.

Stands alone, as the box downloads handlers file by file. Events and actions are those of our own daemon.
"""

import logging
import time
import uuid
from collections import OrderedDict
from datetime import UTC, datetime

from odoo.addons.iot_drivers.driver import Driver
from odoo.addons.iot_drivers.event_manager import event_manager

_logger = logging.getLogger(__name__)

try:
    from smartcard import scard
except ImportError:
    scard = None  # the interface says what to install

GET_UID = [0xFF, 0xCA, 0x00, 0x00, 0x00]
UID_LENGTHS = (4, 7, 10)
WAIT_MS = 1000  # how soon the thread sees that it must end
PATIENCE_S = 0.3
REMEMBERED_TAPS = 64


class CardError(Exception):
    """The card could not be read; the message is the reason told to the till."""


class NfcReaderDriver(Driver):
    """A reader. Actions: `read` (a new tap of the card that lies here), `confirm` (is the card of tap `id` still here?)."""

    connection_type = "pcsc"

    def __init__(self, identifier, device):
        super().__init__(identifier, device)
        self.reader = device["reader"]
        self.device_name = self.reader
        self.device_type = "device"
        self.device_connection = "direct"
        self.device_manufacturer = "PC/SC"
        self._taps = OrderedDict()
        self._seq = 0
        self._actions.update({"read": self._action_read, "confirm": self._action_confirm})

    @classmethod
    def supported(cls, device):
        """Any device of PcscInterface."""
        return isinstance(device, dict) and "reader" in device

    def run(self):
        """Tell each arrival and removal until the reader is unplugged."""
        while not self._stopped.is_set():
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if code == scard.SCARD_S_SUCCESS:
                self._watch(context)
                scard.SCardReleaseContext(context)
            self._stopped.wait(0.2)

    def _watch(self, context):
        known = scard.SCARD_STATE_UNAWARE
        while not self._stopped.is_set():
            code, states = scard.SCardGetStatusChange(context, WAIT_MS, [(self.reader, known)])
            if code == scard.SCARD_E_TIMEOUT:
                continue
            if code != scard.SCARD_S_SUCCESS:
                return
            (_name, state, _atr) = states[0]
            before, known = known, state
            # A card that lies here from the start is no tap: nobody is charged for it by surprise.
            if before != scard.SCARD_STATE_UNAWARE:
                self._tell(before, state)

    def _tell(self, before, state):
        was_here, is_here = before & scard.SCARD_STATE_PRESENT, state & scard.SCARD_STATE_PRESENT
        moved = before >> 16 != state >> 16
        if was_here and (moved or not is_here):
            self._send({"value": "", "result": "", "status": "removed"})
        if is_here and (moved or not was_here):
            try:
                self._send(self._new_tap())
            except CardError as error:
                _logger.warning("a card on %s cannot be read: %s", self.reader, error)

    def _send(self, data):
        self.data = data
        event_manager.device_changed(self)

    def _new_tap(self):
        uid = self._read_uid()
        self._seq += 1
        tap = {
            "id": str(uuid.uuid4()),
            "seq": self._seq,
            "reader": self.reader,
            "uid": uid,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        self._taps[tap["id"]] = uid
        if len(self._taps) > REMEMBERED_TAPS:
            self._taps.popitem(last=False)
        return {**tap, "value": uid, "result": uid, "status": "inserted"}

    def _action_read(self, _data):
        try:
            return {"type": "tap", **self._new_tap()}
        except CardError:
            return {"type": "none"}

    def _action_confirm(self, data):
        uid = self._taps.get(data.get("id"))
        try:
            found = self._read_uid() if uid else None
        except CardError as error:
            return {"type": "lost", "id": data["id"], "reason": str(error)}
        if uid and found == uid:
            return {"type": "confirmed", "id": data["id"], "uid": uid}
        return {"type": "lost", "id": data.get("id"), "reason": "swapped" if uid else "unknown_tap"}

    def _read_uid(self):
        """The UID read in an exclusive session, trying again for a moment while the reader is busy."""
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if code != scard.SCARD_S_SUCCESS:
            raise CardError("no_service")
        deadline = time.monotonic() + PATIENCE_S
        try:
            while True:
                try:
                    return self._read_once(context)
                except CardError as error:
                    if str(error) == "removed" or time.monotonic() > deadline:
                        raise
                time.sleep(0.01)
        finally:
            scard.SCardReleaseContext(context)

    def _read_once(self, context):
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, card, protocol = scard.SCardConnect(context, self.reader, scard.SCARD_SHARE_EXCLUSIVE, protocols)
        if code in (scard.SCARD_E_NO_SMARTCARD, scard.SCARD_W_REMOVED_CARD):
            raise CardError("removed")
        if code != scard.SCARD_S_SUCCESS:
            raise CardError("busy" if code == scard.SCARD_E_SHARING_VIOLATION else "unreadable")
        pci = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
        code, answer = scard.SCardTransmit(card, pci, GET_UID)
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        if code == scard.SCARD_W_REMOVED_CARD:
            raise CardError("removed")
        if code != scard.SCARD_S_SUCCESS or answer[-2:] != [0x90, 0x00] or len(answer) - 2 not in UID_LENGTHS:
            raise CardError("unreadable")
        return bytes(answer[:-2]).hex().upper()
