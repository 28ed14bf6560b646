"""Every test of an addon is found, and spread so that no shard waits long for another."""

from launcher import discover

SOURCE = """
class TestTap(HttpCase):
    def test_tour(self):
        self.start_tour("/pos", "tap")

    def test_plain(self):
        pass

class Common(TransactionCase):
    def helper(self):
        pass
"""


def test_classes_methods_and_weight(tmp_path):
    tests = tmp_path / "till" / "tests"
    tests.mkdir(parents=True)
    (tests / "test_tap.py").write_text(SOURCE)
    (tests / "common.py").write_text("class TestNot:\n    def test_no(self):\n        pass\n")
    (found,) = discover.classes("till", tmp_path)
    assert (found.tag, found.methods) == ("/till:TestTap", ("test_tour", "test_plain"))
    assert found.weight == discover.BROWSER_WEIGHT + 1


MIXIN = """
class Tours:
    def test_tour(self):
        self._tour("tap")

class TestTours(Tours, Case):
    pass

class TestPhoneTours(Tours, Case):
    def test_more(self):
        pass
"""


def test_a_mixin_s_tests_are_those_of_who_inherits_it(tmp_path):
    tests = tmp_path / "till" / "tests"
    tests.mkdir(parents=True)
    (tests / "test_tours.py").write_text(MIXIN)
    assert [(item.name, item.methods) for item in discover.classes("till", tmp_path)] == [
        ("TestTours", ("test_tour",)),
        ("TestPhoneTours", ("test_more", "test_tour")),
    ]


def test_shards_hold_everything_once_and_balance():
    found = [discover.TestClass("till", f"Test{weight}", (), weight) for weight in (20, 10, 9, 5, 4)]
    shards = discover.shards(found, 2)
    assert sorted(item.name for shard in shards for item in shard) == sorted(item.name for item in found)
    assert [sum(item.weight for item in shard) for shard in shards] == [24, 24]


def test_fewer_classes_than_shards():
    assert len(discover.shards([discover.TestClass("till", "TestOne", (), 1)], 2)) == 1


def test_files_that_need_the_readers_run_together(tmp_path):
    for name, arguments, tests in (("tap", "make_server, reader", 1), ("split", "make_server", 3), ("stage", "", 2)):
        body = "".join(f"def test_{number}({arguments}):\n    pass\n" for number in range(tests))
        (tmp_path / f"test_{name}.py").write_text(body)
    (tmp_path / "test_fixture.py").write_text("def bar(make_box):\n    pass\ndef test_bar(bar):\n    pass\n")
    found = discover.files(tmp_path)
    assert [(item.path.name, item.weight, item.rig) for item in found] == [
        ("test_fixture.py", 1, True),
        ("test_split.py", 3, False),
        ("test_stage.py", 2, False),
        ("test_tap.py", 1, True),
    ]
    runs = [(name.removeprefix(tmp_path.name), [path.name for path in paths]) for name, paths in discover.runs(found)]
    assert runs == [
        ("readers", ["test_fixture.py", "test_tap.py"]),
        ("-test_split", ["test_split.py"]),
        ("-test_stage", ["test_stage.py"]),
    ]
    assert [name for name, _paths in discover.runs(found[1:3])] == [
        f"{tmp_path.name}-test_split",
        f"{tmp_path.name}-test_stage",
    ]
