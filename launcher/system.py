"""Programs of the system, installed by apt where root or sudo without password allows."""

import os
import shutil
import subprocess
from pathlib import Path

from . import paths
from .steps import Stop, run, say, step

NO_POSTGRES = "No PostgreSQL fits this machine: install one (apt-get install postgresql), or name a server by PGHOST."


def missing(packages) -> list[str]:
    """Return those of the Debian `packages` that are not installed."""
    if not shutil.which("dpkg-query"):
        return list(packages)
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    installed = {line.split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    return [name for name in packages if name not in installed]


def install(packages, purpose: str) -> None:
    """Install the Debian packages that are missing.

    :param purpose: what they are for, e.g. "the tests".
    :raise Stop: where neither root nor sudo allows it; the sentence is the command to type.
    """
    wanted = missing(packages)
    if not wanted:
        return
    prefix = _privilege()
    if prefix is None:
        raise Stop(f"For {purpose}, install: sudo apt-get install --no-install-recommends {' '.join(wanted)}")
    with step(f"Debian packages for {purpose}: {', '.join(wanted)}"):
        log = paths.log("apt-install")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        hint = f"apt could not install {', '.join(wanted)}"
        run([*prefix, "apt-get", "update"], log, hint="apt-get update failed", env=environment)
        run(
            [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *wanted],
            log,
            hint=hint,
            env=environment,
        )


def install_offered(packages, purpose: str) -> None:
    """Install what this Debian release offers of `packages`; say what it does not."""
    for name in missing(packages):
        if offered(name):
            install([name], purpose)
        else:
            say(f"[  note] This system offers no {name}: {purpose} do without.")


def offered(package: str) -> bool:
    """Say whether this system's apt knows a version of the package to install."""
    if not shutil.which("apt-cache"):
        return False
    policy = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False).stdout
    return "Candidate:" in policy and "Candidate: (none)" not in policy


def _privilege():
    """Return the words before apt-get that give the right to install, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def postgres() -> Path | None:
    """Return the folder of an installed PostgreSQL's programs, the newest, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None
