"""Odoo is taken from where the user says, and only if it is of the right series."""

import sys

import pytest

from launcher import source
from launcher.steps import Stop


def make_odoo(folder, version="(19, 0, 0, FINAL, 0, '')"):
    package = folder / "odoo"
    package.mkdir(parents=True)
    (package / "release.py").write_text(f"version_info = {version}\n")
    return folder


def test_home_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(make_odoo(tmp_path / "src")))
    assert source.find() == tmp_path / "src"


@pytest.mark.parametrize(
    ("version", "told"), [("(18, 0, 0, FINAL, 0, '')", "holds Odoo 18.0"), ("()", "holds no Odoo")]
)
def test_home_of_another_series_is_refused(tmp_path, monkeypatch, version, told):
    monkeypatch.setenv("ODOO_HOME", str(make_odoo(tmp_path, version)))
    with pytest.raises(Stop, match=told):
        source.find()


def test_importable_odoo_comes_alone(tmp_path, monkeypatch):
    site = make_odoo(tmp_path / "site")
    (site / "requests").mkdir()
    monkeypatch.delenv("ODOO_HOME", raising=False)
    monkeypatch.setenv("TIBILLET_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "path", [str(site)])
    found = source.find()
    assert [path.name for path in found.iterdir()] == ["odoo"]
    assert (found / "odoo" / "release.py").samefile(site / "odoo" / "release.py")
