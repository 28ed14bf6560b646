"""Odoo's program as an IoT Box runs it: `iot_drivers` loads no handler on a plain machine, so ours are loaded here."""

import os
from importlib import util
from pathlib import Path

from odoo.cli.command import main
from odoo.service import server

load_server_wide_modules = server.load_server_wide_modules


def load_handlers():
    """Odoo's own modules first, then the handler files, then the interface that finds readers."""
    load_server_wide_modules()
    from odoo.addons.iot_drivers.main import interfaces

    for path in sorted(Path(os.environ["TIBILLET_RIG_HANDLERS"]).glob("*/*.py")):
        name = f"odoo.addons.iot_drivers.iot_handlers.{path.parent.name}.{path.stem}"
        spec = util.spec_from_file_location(name, path)
        spec.loader.exec_module(util.module_from_spec(spec))
    interfaces["PcscInterface"]().start()


if __name__ == "__main__":
    server.load_server_wide_modules = load_handlers
    main()
