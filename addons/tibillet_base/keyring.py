"""The keyring: one file beside odoo.conf with every secret that must never stand in the database.

File (JSON, mode 0600)::

    {"database_uuid": "…",
     "hmac":    {"current": kid, "keys": {kid: base64 of 32 bytes}},
     "ed25519": {"current": kid, "keys": {kid: base64 seed of 32 bytes}}}

The HMAC keys turn a chip's UID into a hash that is worthless without the file; the Ed25519 seeds
sign what a place says to its peers. Losing the file kills every card, so it is backed up with the
database; whoever has both can read the UIDs, so the two backups are kept apart.
"""

import base64
import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo.tools import config

_cache = {}  # (path, mtime_ns, inode) -> parsed keyring; a single entry


class KeyringError(Exception):
    """The keyring is missing, unreadable or lacks a key; the message says what to do."""


def path():
    """Path of the keyring: environment, else odoo.conf, else beside the configuration file."""
    explicit = os.environ.get("TIBILLET_KEYRING") or config.options.get("tibillet_keyring")
    if explicit:
        return Path(explicit).expanduser()
    return Path(config["config"] or Path.home() / ".odoorc").expanduser().with_name("tibillet.keyring")


def load():
    """The parsed keyring (dict as in the module's docstring); KeyringError when it cannot be had."""
    file = path()
    try:
        stat = file.stat()
        stamp = (str(file), stat.st_mtime_ns, stat.st_ino)
        if stamp not in _cache:
            ring = _checked(json.loads(file.read_text()))
            _cache.clear()
            _cache[stamp] = ring
        return _cache[stamp]
    except FileNotFoundError:
        raise KeyringError(
            f"TiBillet's keyring {file} is missing. Restore it from its backup: without it no card can be read."
        ) from None
    except OSError as error:
        raise KeyringError(f"TiBillet's keyring {file} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError):
        raise KeyringError(f"TiBillet's keyring {file} is damaged. Restore it from its backup.") from None


def _checked(ring):
    """The ring itself; KeyError or TypeError when a part of it is missing."""
    current = [ring[section]["keys"][ring[section]["current"]] for section in ("hmac", "ed25519")]
    if not all(current) or not ring["database_uuid"]:
        raise KeyError
    return ring


def create(database_uuid):
    """Make the keyring for this database unless the file already stands; never overwrites a key."""
    with _locked():
        if path().exists():
            return
        _write(
            {
                "database_uuid": database_uuid,
                "hmac": _new_section(),
                "ed25519": _new_section(),
            }
        )


def rotate(section="hmac"):
    """Add a key to `section` ('hmac' or 'ed25519') and make it current; returns its id.

    Older keys stay: a card is re-hashed with the current key when it is next tapped.
    """
    with _locked():
        ring = json.loads(path().read_text())
        kid, key = _new_key()
        ring[section]["keys"][kid] = key
        ring[section]["current"] = kid
        _write(ring)
    return kid


def claim(database_uuid):
    """Make `database_uuid` the original: only it signs, sends and pays out from now on."""
    with _locked():
        ring = json.loads(path().read_text())
        ring["database_uuid"] = database_uuid
        _write(ring)


def is_original(env):
    """Whether this database may sign and pay out: false in a copy and in a neutralised database."""
    params = env["ir.config_parameter"].sudo()
    if params.get_param("database.is_neutralized"):
        return False
    return params.get_param("database.uuid") == load()["database_uuid"]


def current_key_id():
    """Id of the HMAC key that new hashes are made with."""
    return load()["hmac"]["current"]


def key_ids():
    """Every HMAC key id, the current one first."""
    ring = load()["hmac"]
    return [ring["current"], *(kid for kid in ring["keys"] if kid != ring["current"])]


def digest(purpose, value, kid=None):
    """Keyed hash (64 hex) of `value` for `purpose` ('uid' or 'tag'), so that one never stands for the other."""
    key = base64.b64decode(load()["hmac"]["keys"][kid or current_key_id()])
    return hmac.new(key, f"tibillet:{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def digests(purpose, value):
    """{hash: key id} of `value` under every key of the ring, the current one first."""
    return {digest(purpose, value, kid): kid for kid in key_ids()}


def public_key(identity):
    """Public Ed25519 key (64 hex) of `identity`, a place's uuid."""
    raw = _signing_key(identity).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return raw.hex()


def sign(env, identity, message):
    """Signature (128 hex) of `message` (bytes) by `identity`; KeyringError in a copy of the database."""
    if not is_original(env):
        raise KeyringError(env._("This database is a copy: it neither signs nor pays out."))
    return _signing_key(identity).sign(message).hex()


def _signing_key(identity):
    """Each place has a key pair of its own, derived from the one seed that is backed up."""
    ring = load()["ed25519"]
    seed = base64.b64decode(ring["keys"][ring["current"]])
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=f"tibillet:place:{identity}".encode()).derive(seed)
    return Ed25519PrivateKey.from_private_bytes(derived)


def _new_key():
    return secrets.token_hex(4), base64.b64encode(secrets.token_bytes(32)).decode()


def _new_section():
    kid, key = _new_key()
    return {"current": kid, "keys": {kid: key}}


@contextlib.contextmanager
def _locked():
    """One writer at a time, across the server's processes."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{file}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(ring):
    """Replace the file in one step: a crash leaves the old keyring or the new one, never half of it."""
    file = path()
    temporary = file.with_name(f"{file.name}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(ring, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, file)
