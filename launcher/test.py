"""`test`: every check of the project, from set-up to the line `N passed, N failed`."""

import os
import shutil
import sysconfig
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import discover, jobs, lint, paths, servers, system, venv
from .files import alone
from .odoo import addons, end_all
from .postgres import VOLATILE, Address
from .steps import Stop, say, step
from .template import Template

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# For the rig of virtual cards: a PC/SC service, its virtual reader, and the compiler of pyscard and of the rig's shim.
PACKAGES = ("chromium", "gcc", "libc6-dev", "libccid", "libpcsclite-dev", "pcscd", "vsmartcard-vpcd")
OFFERED = ("wkhtmltopdf",)
FOLDERS = {"launcher": "tests/launcher", "tests": "tests", "iot_box": "iot_box/tests"}
PREFIX = "tibillet_test"
READY = "from odoo.addons.tibillet_cashless.tests import ready\nready.make(env)\nenv.cr.commit()\n"
WORKERS = min(2, os.cpu_count() or 1)
SHOWN = 60  # lines of one failure that are shown


def test(parts: list[str], *, fix: bool) -> int:
    """Run the named parts, or all; return 0 when everything passed.

    :param fix: rewrite files first as the lint wants them.
    :raise Stop: for an unknown part, or when the set-up fails.
    """
    known = [*addons(), *FOLDERS, "stock", "demo", "lint"]
    if unknown := [part for part in parts if part not in known]:
        raise Stop(f"There is no part {unknown[0]}: choose from {', '.join(known)}.")
    wanted = parts or [part for part in known if part != "launcher"]  # `tests` holds it
    with alone(paths.STATE / "test.lock", "Another ./tibillet test runs in this folder: wait for it to end."):
        if fix:
            lint.mend()
        results = list(_run(wanted))
    return report(results)


def report(results) -> int:
    """Print the failures and the line of totals; return the exit code."""
    for result in results:
        for failure in result.failures:
            say(f"\n--- {result.name}: " + "\n".join(failure.splitlines()[:SHOWN]))
    passed = sum(result.passed for result in results)
    failed = sum(len(result.failures) for result in results)
    if not passed and not failed:
        failed = 1
        say("\nNothing was tested.")
    say(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


def _run(wanted):
    if "lint" in wanted:
        yield _timed("lint", lint.lint)
    if wanted == ["lint"]:
        return
    if wanted == ["launcher"]:
        template = Template(Address(), PREFIX)
        yield from _together(
            "Launcher", [("launcher", jobs.pytest, template, "launcher", paths.ROOT / FOLDERS["launcher"])]
        )
        return
    ensure_tools()
    with servers.running("test", VOLATILE) as address:
        template = Template(address, PREFIX, READY if "tibillet_cashless" in addons() else "")
        template.ensure()
        yield from _inside_odoo(template, wanted)
        if "tests" in wanted:
            found = discover.runs(discover.files(paths.ROOT / FOLDERS["tests"]))
            yield from _together(
                f"Whole stacks, {WORKERS} at a time",
                [(name, jobs.pytest, template, name, *files) for name, files in found],
            )
        # Alone: they need the machine's one pcscd and measure time.
        for part in [part for part in ("launcher", "iot_box") if part in wanted]:
            yield from _together(f"{part}, alone", [(part, jobs.pytest, template, part, paths.ROOT / FOLDERS[part])])


def ensure_tools() -> None:
    """Install what the tests drive, and refuse to go on without: Odoo would skip tests silently."""
    headers = () if Path(sysconfig.get_path("include"), "Python.h").exists() else ("python3-dev",)
    system.install([*PACKAGES, *headers], "the tests")
    system.install_offered(OFFERED, "the tests")
    venv.ensure("box")
    lint.node_modules()
    if not any(shutil.which(name) for name in BROWSERS):
        raise Stop(f"The tests need a browser: install one of {', '.join(BROWSERS)}.")
    try:
        import websocket  # noqa: F401
    except ImportError:
        raise Stop("The tests need websocket-client, which requirements/test.txt should hold.") from None


def _inside_odoo(template, wanted):
    ours = [part for part in wanted if part in addons()]
    for addon in ours:
        if not discover.classes(addon):
            yield jobs.Result(addon, 0, [f"{addon} has no test"])
    runs = [(name, jobs.our_addons, template, name, shard) for name, shard in jobs.shards(ours, WORKERS)]
    if "stock" in wanted:
        runs.append(("stock", jobs.stock, template))
    if "demo" in wanted:
        runs.append(("demo", jobs.demo, template))
    if runs:
        yield from _together(f"Odoo's test runner, {WORKERS} at a time", runs)


def _together(name, runs):
    with step(name), ThreadPoolExecutor(WORKERS) as pool:
        try:
            yield from pool.map(lambda run: _timed(*run), runs)
        except BaseException:
            # Interrupted: what runs is ended, what waits is not begun.
            pool.shutdown(wait=False, cancel_futures=True)
            end_all()
            jobs.end_pytests()
            raise


def _timed(name, job, *arguments):
    started = time.monotonic()
    result = job(*arguments)
    mark = "failed" if result.failures else "ok"
    seconds = time.monotonic() - started
    say(f"[{mark:>6}] {name}: {result.passed} passed, {len(result.failures)} failed ({seconds:.1f} s)")
    return result
