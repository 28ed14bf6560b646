"""Where the settings come from: defaults < TOML file < environment < command line.

The pairing token stands in a file of its own, readable by its owner only.
"""

import dataclasses
import os
import secrets
import stat
import tomllib
from pathlib import Path

SYSTEM_DIR = Path("/etc/tibillet-iot")
ENV = "TIBILLET_IOT_"
TOKEN_BYTES = 24


class ConfigError(Exception):
    """The box cannot start so; the message says what to change."""


@dataclasses.dataclass(frozen=True)
class Config:
    """All that the box can be told."""

    bind: str = "127.0.0.1"
    port: int = 8070
    origins: tuple[str, ...] = ("http://127.0.0.1:8069", "http://localhost:8069")
    hosts: tuple[str, ...] = ()
    token: str = dataclasses.field(default="", repr=False)
    barcode_prefix: str = "042"
    ignored_readers: tuple[str, ...] = ("*SAM*",)
    queue_size: int = 64
    tls_cert: str = ""
    tls_key: str = ""
    log_level: str = "INFO"


FIELDS = {field.name: field.type for field in dataclasses.fields(Config)}


def directory():
    """Where config.toml and token stand: the system's folder when it exists or we are root, else the user's."""
    if "TIBILLET_IOT_DIR" in os.environ:
        return Path(os.environ["TIBILLET_IOT_DIR"])
    if os.geteuid() == 0 or SYSTEM_DIR.is_dir():
        return SYSTEM_DIR
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "tibillet-iot"


def load(folder, environ, options):
    """The Config of this folder, environment and command line (name -> value, None when not given).

    :raises ConfigError: unknown setting, wrong type, no token, token that others can read
    """
    values = _from_file(folder / "config.toml")
    values |= {name: environ[ENV + name.upper()] for name in FIELDS if ENV + name.upper() in environ}
    values |= {name: value for name, value in options.items() if value is not None}
    values = {name: _typed(name, value) for name, value in values.items()}
    values.setdefault("token", read_token(folder / "token"))
    config = Config(**values)
    if len(config.token) < 16:
        raise ConfigError("No pairing token yet: run `tibillet-iot pair`.")
    if bool(config.tls_cert) != bool(config.tls_key):
        raise ConfigError("tls_cert and tls_key go together.")
    return config


def read_token(path):
    """The token in this file, or nothing. Refuses a file that others can read."""
    if not path.exists():
        return ""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigError(f"{path} can be read by others: run `chmod 600 {path}`.")
    return path.read_text().strip()


def write_token(path):
    """Make a new token, never readable by others even for an instant."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token + "\n")
    return token


def _from_file(path):
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None
    unknown = sorted(values.keys() - FIELDS.keys())
    if unknown:
        raise ConfigError(f"{path}: unknown setting {', '.join(unknown)}.")
    if "token" in values:
        raise ConfigError(f"{path}: the token belongs in the file `token` beside it, not here.")
    return values


def _typed(name, value):
    """Text of the environment or the command line becomes the field's type; lists are comma-separated there."""
    kind = FIELDS[name]
    if kind is int:
        if isinstance(value, bool) or not str(value).isdigit():
            raise ConfigError(f"{name} must be a number, not {value!r}.")
        return int(value)
    if kind is str:
        if not isinstance(value, str):
            raise ConfigError(f"{name} must be a text, not {value!r}.")
        return value
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise ConfigError(f"{name} must be a list of texts, not {value!r}.")
    return tuple(item.strip().rstrip("/") for item in items if item.strip())
