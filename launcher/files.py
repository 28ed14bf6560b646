"""Files and folders that are either whole or absent, and held by one process at a time."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .steps import Stop


@contextmanager
def whole_folder(target: Path):
    """Yield a folder beside `target` that becomes `target` when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield draft
        draft.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_whole(target: Path, text: str) -> None:
    """Write a text so that no reader ever sees half of it."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_text(text)
    draft.rename(target)


def digest(*paths: Path) -> str:
    """Return a short hash of the files' contents, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def tree_digest(folder: Path, skip=()) -> str:
    """Return a short hash of a folder's file names and contents.

    :param skip: names of files or folders, at any depth, that do not count.
    """
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not set(relative.parts) & {"__pycache__", *skip}:
            total.update(f"{relative}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


@contextmanager
def alone(path: Path, refusal: str | None = None):
    """Hold a lock file: wait for it, or refuse with a sentence when one is given.

    :raise Stop: with `refusal` when another process holds the lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (fcntl.LOCK_NB if refusal else 0))
        except BlockingIOError:
            raise Stop(refusal) from None
        yield
