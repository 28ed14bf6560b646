"""Odoo 19's source: ODOO_HOME, an importable `odoo`, or Debian's package unpacked in the cache."""

import importlib.util
import os
import re
from pathlib import Path

from . import apt, paths
from .files import alone, digest, whole_folder
from .steps import Stop, step

SERIES = "19.0"
PACKAGE = "odoo-19"
# Debian's odoo-19 links to files of these: fonts, jQuery.
COMPANIONS = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
PACKAGES_FOLDER = Path("usr/lib/python3/dist-packages")
STRIPPED = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def find() -> Path:
    """Return the folder to put on PYTHONPATH: it holds the package `odoo`, series 19.0.

    :raise Stop: when ODOO_HOME is not Odoo 19, or no Odoo can be found or downloaded.
    """
    if home := os.environ.get("ODOO_HOME"):
        return _checked_home(Path(home).expanduser().resolve())
    return _importable() or _from_debian()


def series(folder: Path) -> str | None:
    """Return the series of the Odoo below `folder`, e.g. "19.0", or None where there is none."""
    release = folder / "odoo" / "release.py"
    if not release.is_file():
        return None
    match = re.search(r"^version_info = \((\d+), (\d+)", release.read_text(), re.MULTILINE)
    return f"{match[1]}.{match[2]}" if match else None


def _checked_home(home):
    found = series(home)
    if found != SERIES:
        raise Stop(f"ODOO_HOME={home} holds {f'Odoo {found}' if found else 'no Odoo'}: point it to Odoo {SERIES}.")
    return home


def _importable():
    spec = importlib.util.find_spec("odoo")
    for place in spec.submodule_search_locations or () if spec else ():
        package = Path(place).resolve()
        if series(package.parent) == SERIES:
            return _alone_on_path(package)
    return None


def _alone_on_path(package):
    """Return a folder with nothing but `odoo`: its neighbours must not shadow our packages."""
    folder = paths.cache() / "importable" / digest(package / "release.py")
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "odoo"
    if not link.is_symlink() or link.resolve() != package:
        link.unlink(missing_ok=True)
        link.symlink_to(package)
    return folder


def _from_debian():
    root = paths.cache() / "odoo"
    with alone(paths.cache() / "odoo.lock"):
        if not (root / PACKAGES_FOLDER / STRIPPED).exists():
            _unpack(root)
    return root / PACKAGES_FOLDER


def _unpack(root):
    _, codename = apt.release()
    debs = apt.Apt("sid").download(PACKAGE, "fonts-montserrat")
    # fonts-montserrat of sid is newer than any release's; the others are the release's own.
    debs |= apt.Apt(codename).download(*COMPANIONS)
    with step("Odoo 19: unpack Debian's package"), whole_folder(root) as draft:
        for deb in debs.values():
            apt.unpack(deb, draft)
        found = series(draft / PACKAGES_FOLDER)
        if found != SERIES:
            raise Stop(f"Debian's {PACKAGE} is Odoo {found}, not {SERIES}: set ODOO_HOME to an Odoo {SERIES}.")
        # Debian strips this one library; without a file every backend page logs an error.
        stub = draft / PACKAGES_FOLDER / STRIPPED
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("")
