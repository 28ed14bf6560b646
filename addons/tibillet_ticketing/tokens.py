"""Signed tickets: 91 bytes that any phone can check without asking the server.

Layout, big endian: version 1 | key number 1 | event 4 | ticket uuid 16 | valid until 4 (Unix seconds) | kind 1 |
Ed25519 signature over these 27 bytes 64. Written in base45 (RFC 9285), since a QR code's alphanumeric mode is its smallest.
"""

import struct
from typing import NamedTuple
from uuid import UUID

import base45
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VERSION = 1
BODY = struct.Struct(">BBI16sIB")
SIGNATURE = 64
SIZE = BODY.size + SIGNATURE


class Forged(Exception):
    """No ticket, or one that its key did not sign."""


class Token(NamedTuple):
    """What a ticket says: numbers of its key and event, uuid (str), valid until (Unix seconds), kind (0: entry)."""

    key: int
    event: int
    uuid: str
    until: int
    kind: int = 0

    def body(self):
        """The 27 bytes that are signed."""
        return BODY.pack(VERSION, self.key, self.event, UUID(self.uuid).bytes, self.until, self.kind)


def write(token, sign):
    """The ticket's text (137 characters); `sign` turns its body (bytes) into a signature (64 bytes)."""
    body = token.body()
    return base45.b45encode(body + sign(body)).decode()


def peek(text):
    """(Token, signature, body) of a text that looks like a ticket, its signature unchecked; Forged otherwise."""
    try:
        raw = base45.b45decode(text)
    except (TypeError, ValueError):
        raise Forged from None
    if len(raw) != SIZE or raw[0] != VERSION:
        raise Forged
    body, signature = raw[: BODY.size], raw[BODY.size :]
    _version, key, event, uuid, until, kind = BODY.unpack(body)
    return Token(key, event, str(UUID(bytes=uuid)), until, kind), signature, body


def read(text, public_key):
    """The Token of a ticket that the key signed; Forged otherwise.

    :param public_key: of Ed25519, 64 hexadecimal digits
    """
    token, signature, body = peek(text)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, body)
    except InvalidSignature:
        raise Forged from None
    return token
