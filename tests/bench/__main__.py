"""Run benches by name: `python -m tests.bench NAME...`, as `./tibillet bench` does."""

import importlib
import json
import os
import sys
import traceback

from launcher.postgres import Address
from launcher.template import Template

from .frame import Bench


def main(names: list[str]) -> int:
    """Print the rows of each bench; return how many benches failed."""
    template = Template(Address(), os.environ["TIBILLET_TEMPLATE"].removesuffix("_template"))
    failed = 0
    for name in names:
        print(f"bench {name}", file=sys.stderr, flush=True)
        try:
            with Bench(name, template) as bench:
                for row in importlib.import_module(f"tests.bench.{name}").run(bench):
                    print(json.dumps(row), flush=True)
        except Exception:
            # The other benches still have something to say.
            traceback.print_exc()
            failed += 1
    return failed


sys.exit(main(sys.argv[1:]))
