"""Where things lie: the checkout, its state, and the cache that checkouts share."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
CONFIG = ROOT / "odoo.conf"
KEYRING = ROOT / "tibillet.keyring"
REQUIREMENTS = ROOT / "requirements"
STATE = ROOT / ".tibillet"
LOGS = STATE / "logs"

# One short name per checkout, for what cannot live inside it (sockets, a root's clusters).
CHECKOUT_ID = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]


def cache() -> Path:
    """Return the folder of downloads, Odoo's source and virtual environments."""
    if chosen := os.environ.get("TIBILLET_CACHE"):
        return Path(chosen).expanduser().resolve()
    if os.geteuid() == 0:
        # Not below /root: PostgreSQL runs as another user and must reach its programs.
        return Path("/var/cache/tibillet")
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().resolve() / "tibillet"


def log(name: str) -> Path:
    """Return an emptied log file of this checkout, e.g. log("up") -> .tibillet/logs/up.log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{name}.log"
    path.write_text("")
    return path
