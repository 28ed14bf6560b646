"""Debian packages without root: a private apt, its signatures checked, its state in the cache."""

import re
from pathlib import Path

from . import paths
from .files import alone
from .steps import Stop, run, step

SOURCES = Path("/etc/apt")
KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
DEB_LINE = re.compile(r"^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$")


def sources(folder: Path = SOURCES) -> list[tuple[str, list[str], list[str]]]:
    """Return the machine's own apt sources as (address, suites, components).

    Both forms are read: one-line `*.list` and deb822 `*.sources`; disabled entries are left out.
    """
    found = []
    for path in sorted([folder / "sources.list", *folder.glob("sources.list.d/*")]):
        if not path.is_file():
            continue
        if path.suffix == ".sources":
            found += _deb822(path.read_text())
        elif path.suffix == ".list":
            found += _one_line(path.read_text())
    return found


def _one_line(text):
    for line in text.splitlines():
        if match := DEB_LINE.match(line.split("#")[0].strip()):
            address, suite, components = match.groups()
            yield address, [suite], components.split()


def _deb822(text):
    for stanza in re.split(r"\n\s*\n", text):
        fields, key = {}, None
        for line in stanza.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in " \t" and key:
                fields[key] += f" {line.strip()}"
                continue
            key, _, value = line.partition(":")
            key = key.strip().lower()
            fields[key] = value.strip()
        if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes") == "no":
            continue
        for address in fields.get("uris", "").split():
            yield address, fields.get("suites", "").split(), fields.get("components", "").split()


def release(os_release: Path = Path("/etc/os-release")) -> tuple[str, str]:
    """Return the system's (id, codename), e.g. ("debian", "bookworm")."""
    text = os_release.read_text() if os_release.exists() else ""
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return fields.get("ID", "").strip('"'), fields.get("VERSION_CODENAME", "").strip('"')


def mirror(found=None) -> str:
    """Return the address of the Debian archive that this machine uses.

    :raise Stop: where the system is not Debian or names no archive of it.
    """
    system, codename = release()
    if system != "debian":
        raise Stop(
            "Odoo 19 is taken from Debian's packages on Debian only: "
            "set ODOO_HOME to a checkout of Odoo 19 and run this again."
        )
    for address, suites, components in sources() if found is None else found:
        if "main" in components and {codename, "stable", "sid", "unstable"} & set(suites):
            return address
    raise Stop(f"apt's sources name no Debian archive with {codename} main: add one, or set ODOO_HOME.")


class Apt:
    """A private apt for one suite; nothing of the system's own apt state is read or written."""

    def __init__(self, suite: str):
        self.suite = suite
        self.home = paths.cache() / "apt" / suite
        self.debs = paths.cache() / "apt" / "debs"

    def download(self, *packages: str) -> dict[str, Path]:
        """Return the packages' files, fetched and verified by apt unless the cache holds them."""
        with alone(self.home / "lock"):
            missing = [name for name in packages if not self._cached(name)]
            if missing:
                with step(f"Debian {self.suite}: download {', '.join(missing)}"):
                    self._fetch(missing)
            return {name: self._cached(name) for name in packages}

    def _cached(self, package):
        folder = self.debs / self.suite
        return max(folder.glob(f"{package}_*.deb"), default=None, key=lambda path: path.stat().st_mtime)

    def _fetch(self, packages):
        if not KEYS.exists():
            raise Stop("Debian's keys are missing: apt-get install debian-archive-keyring, or set ODOO_HOME.")
        partial, lists = self.home / "partial", self.home / "lists" / "partial"
        final = self.debs / self.suite
        for folder in (partial, lists, final, self.home / "cache"):
            folder.mkdir(parents=True, exist_ok=True)
        listing = self.home / "sources.list"
        listing.write_text(f"deb [signed-by={KEYS}] {mirror()} {self.suite} main\n")
        log = paths.log("apt")
        hint = f"apt could not download {', '.join(packages)} from {self.suite}: check the network, then run this again"
        run(["apt-get", *self._options(listing), "update"], log, hint=hint)
        # A download that stops half-way stays in `partial`; apt checks the hash before it ends well.
        for old in partial.glob("*.deb"):
            old.unlink()
        run(["apt-get", *self._options(listing), "download", *packages], log, hint=hint, cwd=partial)
        for deb in partial.glob("*.deb"):
            deb.rename(final / deb.name)

    def _options(self, listing):
        return [
            f"-oDir::Etc::sourcelist={listing}",
            "-oDir::Etc::sourceparts=/dev/null",
            f"-oDir::State::Lists={self.home / 'lists'}",
            f"-oDir::Cache={self.home / 'cache'}",
            "-oDir::State::status=/dev/null",
            "-oAPT::Sandbox::User=",
            "-oAPT::Update::Error-Mode=any",
            "-oDebug::NoLocking=1",
        ]


def unpack(deb: Path, folder: Path) -> None:
    """Unpack a package's files below `folder`, without installing it.

    :raise Stop: when the file is damaged or the disk is full.
    """
    hint = f"{deb} could not be unpacked: see that the disk has room, or remove that file, then run this again"
    run(["dpkg", "-x", deb, folder], paths.log("dpkg"), hint=hint)
