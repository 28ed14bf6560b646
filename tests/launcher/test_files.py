"""A folder is whole or absent, a digest changes with what it stands for, a lock admits one."""

import pytest

from launcher import files
from launcher.steps import Stop


def test_interrupted_folder_is_absent(tmp_path):
    target = tmp_path / "odoo"
    with pytest.raises(KeyboardInterrupt), files.whole_folder(target) as draft:
        (draft / "half").touch()
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_whole_folder_replaces_the_old_one(tmp_path):
    target = tmp_path / "odoo"
    for name in ("old", "new"):
        with files.whole_folder(target) as draft:
            (draft / name).touch()
    assert [path.name for path in target.iterdir()] == ["new"]


def test_digest_of_a_lock_changes_with_one_letter(tmp_path):
    lock = tmp_path / "odoo.txt"
    lock.write_text("a==1 --hash=sha256:aa")
    before = files.digest(lock)
    lock.write_text("a==1 --hash=sha256:ab")
    assert files.digest(lock) != before


def test_tree_digest_sees_names_and_contents_but_not_what_is_skipped(tmp_path):
    (tmp_path / "models").mkdir()
    model = tmp_path / "models" / "card.py"
    model.write_text("a")
    seen = {files.tree_digest(tmp_path, ["tests"])}
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_card.py").write_text("x")
    assert files.tree_digest(tmp_path, ["tests"]) in seen
    model.write_text("b")
    seen.add(files.tree_digest(tmp_path, ["tests"]))
    model.rename(model.with_name("wallet.py"))
    seen.add(files.tree_digest(tmp_path, ["tests"]))
    assert len(seen) == 3


def test_second_process_is_refused(tmp_path):
    with files.alone(tmp_path / "lock"), pytest.raises(Stop, match="one at a time"):
        with files.alone(tmp_path / "lock", "one at a time"):
            pass
