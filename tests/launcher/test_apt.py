"""The machine's own apt sources are read in both forms; its mirror serves every suite."""

import pytest

from launcher import apt
from launcher.steps import Stop

DEB822 = """Types: deb
# a comment between fields
URIs: http://one.example/debian
Suites: bookworm bookworm-updates
Components: main contrib

Types: deb deb-src
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb
URIs:
 http://two.example/debian
 http://three.example/debian
Suites: bookworm
Components: main
"""
ONE_LINE = """# deb http://off.example/debian bookworm main
deb-src http://src.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://four.example/debian bookworm main non-free  # why
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(ONE_LINE)
    (tmp_path / "sources.list.d" / "debian.sources").write_text(DEB822)
    (tmp_path / "sources.list.d" / "old.list.disabled").write_text("deb http://no.example x main\n")
    return tmp_path


def test_both_forms_are_read(folder):
    assert apt.sources(folder) == [
        ("http://four.example/debian", ["bookworm"], ["main", "non-free"]),
        ("http://one.example/debian", ["bookworm", "bookworm-updates"], ["main", "contrib"]),
        ("http://security.example/debian-security", ["bookworm-security"], ["main"]),
        ("http://two.example/debian", ["bookworm"], ["main"]),
        ("http://three.example/debian", ["bookworm"], ["main"]),
    ]


@pytest.fixture
def debian(monkeypatch):
    monkeypatch.setattr(apt, "release", lambda: ("debian", "bookworm"))


def test_mirror_is_the_archive_not_its_security(debian):
    found = [
        ("http://security.example", ["bookworm-security"], ["main"]),
        ("http://other.example", ["bookworm"], ["tools"]),
        ("http://archive.example/debian", ["bookworm"], ["main"]),
    ]
    assert apt.mirror(found) == "http://archive.example/debian"


def test_no_archive_is_told(debian):
    with pytest.raises(Stop, match="bookworm main"):
        apt.mirror([])


def test_other_systems_are_sent_to_odoo_home(monkeypatch):
    monkeypatch.setattr(apt, "release", lambda: ("fedora", ""))
    with pytest.raises(Stop, match="ODOO_HOME"):
        apt.mirror([])


def test_release_of_os_release(tmp_path):
    file = tmp_path / "os-release"
    file.write_text('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_CODENAME=trixie\nID=debian\n')
    assert apt.release(file) == ("debian", "trixie")


def test_failed_download_leaves_no_package(monkeypatch, tmp_path, debian):
    monkeypatch.setenv("TIBILLET_CACHE", str(tmp_path))
    monkeypatch.setattr(apt, "mirror", lambda: f"file:{tmp_path}/nothing")
    with pytest.raises(Stop, match="check the network"):
        apt.Apt("bookworm").download("libjs-jquery")
    assert not list(tmp_path.rglob("*.deb"))
