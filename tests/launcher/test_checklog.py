"""A bad line of Odoo's log fails the build, a result is counted, a silence is not a success."""

from launcher import checklog

HEAD = "2026-11-22 17:24:21,296 10713"
RESULT = f"{HEAD} INFO db odoo.service.server: 0 failed, 0 error(s) of 3 tests when loading database 'db' \n"


def write(tmp_path, text):
    log = tmp_path / "odoo.log"
    log.write_text(text)
    return log


def test_good_log(tmp_path):
    log = write(tmp_path, f"{HEAD} INFO db odoo.addons.a.tests.test_x: Starting TestX.test_one ... \n{RESULT}")
    outcome = checklog.outcome(log, [])
    assert (outcome.ran, outcome.failed, outcome.problems) == (3, 0, [])
    assert outcome.started == {("a", "TestX", "test_one")}


def test_warning_is_a_problem_with_all_its_lines(tmp_path):
    log = write(tmp_path, f"{HEAD} WARNING db odoo.models: first\n  second\n{RESULT}")
    assert checklog.outcome(log, []).problems == ["WARNING odoo.models: first\n  second"]


def test_allowed_warning(tmp_path):
    log = write(tmp_path, f"{HEAD} WARNING db odoo.models: first\n{RESULT}")
    assert checklog.outcome(log, [(r"^odoo\.models: first", "a reason")]).problems == []


def test_failed_test_is_counted_once(tmp_path):
    text = (
        f"{HEAD} ERROR db odoo.addons.a.tests.test_x: FAIL: TestX.test_one\nTraceback (most recent call last):\n"
        f"{HEAD} ERROR db odoo.service.server: 1 failed, 0 error(s) of 3 tests when loading database 'db' \n"
    )
    outcome = checklog.outcome(write(tmp_path, text), [])
    assert (outcome.ran, outcome.failed, outcome.problems) == (3, 1, [])
    assert "Traceback" in outcome.failures[0]


def test_skipped_test_is_named(tmp_path):
    text = f"{HEAD} INFO db odoo.addons.a.tests.test_x: skipped TestX.test_one : no browser\n{RESULT}"
    assert checklog.outcome(write(tmp_path, text), []).skipped == ["TestX.test_one : no browser"]


def test_no_test_is_a_problem(tmp_path):
    text = f"{HEAD} INFO db odoo.service.server: 0 failed, 0 error(s) of 0 tests when loading database 'db' \n"
    assert "ran 0 tests" in checklog.outcome(write(tmp_path, text), []).problems[0]


def test_no_result_is_a_problem(tmp_path):
    assert "no result" in checklog.outcome(write(tmp_path, "Killed\n"), []).problems[0]
