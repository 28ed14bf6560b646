"""Which tests the project holds, read from their sources, and how they are spread over shards."""

import ast
from dataclasses import dataclass
from pathlib import Path

from . import paths

BROWSER = ("_tour", "browser_js")  # calls that drive a browser end so: start_tour, start_pos_tour, our own _tour
BROWSER_WEIGHT = 20  # a tour takes about as long as this many plain tests
RIG = {"pcscd", "reader", "other_reader", "box", "make_box"}  # fixtures that need the one pcscd of the machine


@dataclass(frozen=True)
class TestClass:
    """A class of tests of an addon, its methods, and its weight in plain tests."""

    addon: str
    name: str
    methods: tuple[str, ...]
    weight: int

    @property
    def tag(self) -> str:
        """Odoo's --test-tags for it."""
        return f"/{self.addon}:{self.name}"


@dataclass(frozen=True)
class TestFile:
    """A file of pytest tests, how many it holds, and whether it needs the virtual readers."""

    path: Path
    weight: int
    rig: bool


def files(folder: Path) -> list[TestFile]:
    """Return the files test_*.py of a folder and what lies in it, by path."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
        asked = {argument.arg for function in functions for argument in function.args.args}
        found.append(TestFile(path, sum(map(_is_test, functions)), bool(asked & RIG)))
    return found


def runs(found: list[TestFile]) -> list[tuple[str, list[Path]]]:
    """Return (name, files) of the runs that hold these files: those that need the readers together, then each alone."""
    rig = [item.path for item in found if item.rig]
    others = sorted((item for item in found if not item.rig), key=lambda item: (-item.weight, item.path))
    named = [(f"{item.path.parent.name}-{item.path.stem}", [item.path]) for item in others]
    return [("readers", rig), *named] if rig else named


def classes(addon: str, folder: Path = paths.ADDONS) -> list[TestClass]:
    """Return the classes of addon/tests/test_*.py that have tests."""
    found = []
    for path in sorted((folder / addon / "tests").glob("test_*.py")):
        nodes = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]
        own = {node.name: [item for item in node.body if _is_test(item)] for node in nodes}
        # Without a base it is no test case: who inherits it runs its tests.
        mixins = {node.name for node in nodes if not node.bases}
        for node in nodes:
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)} & mixins
            tests = own[node.name] + [item for base in sorted(bases) for item in own[base]]
            if tests and node.name not in mixins:
                weight = sum(BROWSER_WEIGHT if _drives_browser(item) else 1 for item in tests)
                found.append(TestClass(addon, node.name, tuple(item.name for item in tests), weight))
    return found


def shards(found: list[TestClass], count: int) -> list[list[TestClass]]:
    """Spread classes over `count` lists of about the same weight; empty lists are left out."""
    result = [[] for _ in range(count)]
    for item in sorted(found, key=lambda item: (-item.weight, item.tag)):
        min(result, key=_weight).append(item)
    return [shard for shard in result if shard]


def _weight(shard):
    return sum(item.weight for item in shard)


def _is_test(node):
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test")


def _drives_browser(function):
    return any(isinstance(node, ast.Attribute) and node.attr.endswith(BROWSER) for node in ast.walk(function))
