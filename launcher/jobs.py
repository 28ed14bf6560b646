"""The parts of a test run: each gives how many checks passed and one text per failure."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from . import bootstrap, build, checklog, discover, paths
from .allowed import ALLOWED
from .demo import LOGINS
from .odoo import free_port
from .steps import ask_to_end
from .template import Template

STOCK = (
    "/point_of_sale:TestUi.test_01_pos_basic_order",
    "/point_of_sale:TestPointOfSaleFlow",
    # Needs the purchase app, which no addon of ours installs: Odoo would skip it.
    "-/point_of_sale:TestPointOfSaleFlow.test_reordering_rules_triggered_closing_pos",
)
_pytests: list[subprocess.Popen] = []
STOCK_LEAST = 20  # fewer stock tests than this means that a name above matches nothing


@dataclass
class Result:
    """What a part came to; `failures` holds a text each."""

    name: str
    passed: int = 0
    failures: list[str] = field(default_factory=list)


def odoo_tests(template: Template, name: str, tags, expected) -> Result:
    """Run tests inside Odoo on a clone of the template.

    :param tags: Odoo's --test-tags.
    :param expected: (addon, class, method) of tests that must have been started.
    """
    database = f"{template.prefix}_{name}"
    odoo = template.clone(database)
    log = paths.log(f"test-{name}")
    process = odoo.spawn(
        odoo.command(
            "--database",
            database,
            "--test-tags",
            ",".join(tags),
            "--stop-after-init",
            "--max-cron-threads=0",
            "--http-port",
            str(free_port()),
            "--screenshots",
            str(paths.LOGS),
        ),
        log,
    )
    odoo.wait(process)
    outcome = checklog.outcome(log, ALLOWED)
    template.drop(database)
    shown = outcome.failures[: outcome.failed]
    unshown = [f"a test failed, see {log}"] * (outcome.failed - len(shown))
    failures = [*shown, *unshown, *(f"skipped: {test}" for test in outcome.skipped), *outcome.problems]
    failures += [f"never started: {'.'.join(test)}" for test in sorted(set(expected) - outcome.started)]
    return Result(name, outcome.ran - outcome.failed - len(outcome.skipped), failures)


def our_addons(template: Template, name: str, shard) -> Result:
    """Run the tests of some classes of our addons."""
    expected = [(item.addon, item.name, method) for item in shard for method in item.methods]
    return odoo_tests(template, name, [item.tag for item in shard], expected)


def stock(template: Template) -> Result:
    """Run Odoo's own tests of the till with our addons installed."""
    result = odoo_tests(template, "stock", STOCK, [])
    if result.passed < STOCK_LEAST:
        result.failures.append(f"only {result.passed} of Odoo's own tests ran, {STOCK_LEAST} or more were expected")
    return result


def demo(template: Template) -> Result:
    """Make the demo network as `up` does: no warning, and everybody that `up` names can log in."""
    database = f"{template.prefix}_demo"
    odoo = template.odoo(database)
    template.drop(database)
    log = paths.log("test-demo")
    build.install_foundation(odoo, database, log, demo=True)
    build.install_ours(odoo, database, log, demo=True)
    failures = checklog.unexpected(log, ALLOWED)
    connection = template.address.connect(database)
    with connection.cursor() as cursor:
        cursor.execute("SELECT login FROM res_users WHERE active")
        present = {login for (login,) in cursor.fetchall()}
    connection.close()
    failures += [f"the demo has no {login}" for login, _password, _who in LOGINS if login not in present]
    template.drop(database)
    return Result("demo", 0 if failures else 1, failures)


def pytest(template: Template, name: str, *places) -> Result:
    """Run folders or files of pytest tests; they find the template through the environment."""
    report = paths.LOGS / f"pytest-{name}.xml"
    report.unlink(missing_ok=True)
    log = paths.log(f"pytest-{name}")
    environment = (
        os.environ
        | template.address.environment()
        | {
            "PYTHONPATH": os.pathsep.join([str(paths.ROOT), os.environ[bootstrap.MARK]]),
            "TIBILLET_TEMPLATE": template.name,
        }
    )
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", f"--junitxml={report}"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, *map(str, places)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=paths.ROOT,
        )
    _pytests.append(process)
    process.wait()
    if not report.exists():
        return Result(name, 0, [f"pytest gave no report: {log}"])
    return pytest_result(name, report, log)


def end_pytests() -> None:
    """End every run of pytest that goes on, its servers and browsers first."""
    for process in _pytests:
        ask_to_end(process)


def pytest_result(name, report, log) -> Result:
    """Read a JUnit report; a skipped test is a failure, as is a run of none."""
    result = Result(name)
    for case in ElementTree.parse(report).iter("testcase"):
        bad = [child for child in case if child.tag in ("failure", "error", "skipped")]
        if not bad:
            result.passed += 1
        for child in bad:
            text = (child.text or child.get("message") or "").strip()
            result.failures.append(f"{child.tag}: {case.get('classname')}.{case.get('name')}\n{text}")
    if not result.passed and not result.failures:
        result.failures.append(f"pytest ran 0 tests: {log}")
    return result


def shards(parts, count: int):
    """Return (name, classes) of the runs that hold the tests of the addons `parts`."""
    found = [item for addon in parts for item in discover.classes(addon)]
    return [(f"addons-{number}", shard) for number, shard in enumerate(discover.shards(found, count), 1)]
