"""Which tests our addons hold, read from their sources, and how they are spread over shards."""

import ast
from dataclasses import dataclass
from pathlib import Path

from . import paths

BROWSER = ("_tour", "browser_js")  # calls that drive a browser end so: start_tour, start_pos_tour, our own _tour
BROWSER_WEIGHT = 20  # a tour takes about as long as this many plain tests


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
        min(result, key=lambda shard: sum(other.weight for other in shard)).append(item)
    return [shard for shard in result if shard]


def _is_test(node):
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test")


def _drives_browser(function):
    return any(isinstance(node, ast.Attribute) and node.attr.endswith(BROWSER) for node in ast.walk(function))
