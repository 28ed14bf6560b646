"""A part's result says how many passed and shows each failure; nothing run is a failure."""

from launcher import jobs
from launcher.test import report

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_good"/>
<testcase classname="tests.a" name="test_bad"><failure message="assert 1 == 2">long text</failure></testcase>
<testcase classname="tests.a" name="test_set_up"><error message="no reader"/></testcase>
<testcase classname="tests.a" name="test_skipped"><skipped message="no browser"/></testcase>
</testsuite></testsuites>"""


def read(tmp_path, text):
    file = tmp_path / "report.xml"
    file.write_text(text)
    return jobs.pytest_result("tests", file, tmp_path / "log")


def test_failures_errors_and_skips_fail(tmp_path):
    result = read(tmp_path, REPORT)
    assert result.passed == 1
    assert result.failures == [
        "failure: tests.a.test_bad\nlong text",
        "error: tests.a.test_set_up\nno reader",
        "skipped: tests.a.test_skipped\nno browser",
    ]


def test_no_test_fails(tmp_path):
    assert "ran 0 tests" in read(tmp_path, "<testsuites/>").failures[0]


def test_last_line_and_exit_code(capsys):
    assert report([jobs.Result("a", 3), jobs.Result("b", 1, ["broken"])]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "4 passed, 1 failed"
    assert report([jobs.Result("a", 3)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 0 failed"


def test_nothing_tested_is_no_success(capsys):
    assert report([]) == 1
