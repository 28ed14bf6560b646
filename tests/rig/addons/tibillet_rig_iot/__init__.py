"""On a plain machine iot_drivers takes itself for a test and loads no handler: load ours as its loader would."""

import os
from importlib import util
from pathlib import Path

from odoo.addons.iot_drivers.main import interfaces

for path in sorted(Path(os.environ["TIBILLET_RIG_HANDLERS"]).glob("*/*.py")):
    spec = util.spec_from_file_location(f"odoo.addons.iot_drivers.iot_handlers.{path.parent.name}.{path.stem}", path)
    spec.loader.exec_module(util.module_from_spec(spec))

interfaces["PcscInterface"]().start()
