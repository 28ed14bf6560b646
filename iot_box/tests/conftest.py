"""The box's tests run on the rig of the repository: real pcscd, virtual readers and cards, the real daemon."""

import sys
from pathlib import Path

BOX = Path(__file__).parents[1]
sys.path[:0] = [str(BOX / "src"), str(BOX.parent)]

pytest_plugins = ["tests.rig.fixtures"]
