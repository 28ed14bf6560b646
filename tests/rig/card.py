"""Virtual contactless cards and the slot they are put on: vsmartcard's vpcd protocol over TCP.

Each message is a 2-byte big-endian length and a body. pcscd says one byte (0 off, 1 on, 2 reset, 4 give your ATR)
or an APDU; the card answers the ATR and the APDUs only. Closing the socket takes the card away.
"""

import contextlib
import socket
import struct
import threading
import time

GIVE_ATR = b"\x04"
GET_UID = b"\xff\xca\x00\x00"
OK = b"\x90\x00"
UNSUPPORTED = b"\x6d\x00"


def storage_atr(name):
    """The ATR that PC/SC part 3 gives a storage card of this 2-byte name."""
    body = bytes.fromhex("8F8001804F0CA000000306" + "03") + name.to_bytes(2, "big") + bytes(4)
    check = 0
    for byte in body:
        check ^= byte
    return b"\x3b" + body + bytes([check])


ATR = {
    "classic": storage_atr(0x0001),
    "ntag": storage_atr(0x0003),  # NTAG21x answer as MIFARE Ultralight
    "desfire": bytes.fromhex("3B8180018080"),
}


class VirtualCard:
    """A card that gives its UID and nothing else.

    :param str uid: hexadecimal
    :param str kind: a key of ATR
    :param bytes status: status word of the answer to "get UID"; another than 9000 makes an unreadable card
    """

    def __init__(self, uid="04A1B2C3D4E5F6", kind="ntag", status=OK):
        self.uid = bytes.fromhex(uid)
        self.atr = ATR[kind]
        self.status = status

    def answer(self, apdu):
        """The response APDU."""
        if apdu[:4] != GET_UID:
            return UNSUPPORTED
        return self.uid + OK if self.status == OK else self.status


class VirtualReader:
    """One slot of a running pcscd: `name` is what PC/SC calls it, `port` where vpcd waits for its card."""

    def __init__(self, name, port):
        self.name = name
        self.port = port
        self._socket = None
        self._thread = None

    def insert(self, card="04A1B2C3D4E5F6"):
        """Put a card (VirtualCard, or the hexadecimal UID of a new one) on the reader.

        :return: time.perf_counter() of the touch
        """
        if self._socket is not None:
            raise RuntimeError(f"a card lies on {self.name} already")
        card = card if isinstance(card, VirtualCard) else VirtualCard(card)
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        touched = time.perf_counter()
        self._thread = threading.Thread(target=self._serve, args=(self._socket, card), daemon=True)
        self._thread.start()
        return touched

    def remove(self):
        """Take the card away; nothing happens on an empty reader."""
        if self._socket is None:
            return
        with contextlib.suppress(OSError):  # pcscd may have closed it first
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(2)
        self._socket = None

    def swap(self, card):
        """Take the card away and put another in its place at once."""
        self.remove()
        return self.insert(card)

    def tap(self, card="04A1B2C3D4E5F6", seconds=0.2):
        """Hold the card on the reader for a moment, as a customer does."""
        touched = self.insert(card)
        time.sleep(seconds)
        self.remove()
        return touched

    def _serve(self, connection, card):
        try:
            while True:
                (length,) = struct.unpack(">H", _receive(connection, 2))
                message = _receive(connection, length)
                if message == GIVE_ATR:
                    _send(connection, card.atr)
                elif length > 1:
                    _send(connection, card.answer(message))
        except OSError:
            pass  # the card was taken away


def _receive(connection, length):
    data = b""
    while len(data) < length:
        chunk = connection.recv(length - len(data))
        # vpcd writes length and body apart: without a quick ACK Nagle holds the body back for 44 ms.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        if not chunk:
            raise ConnectionError("pcscd closed the slot")
        data += chunk
    return data


def _send(connection, body):
    connection.sendall(struct.pack(">H", len(body)) + body)
