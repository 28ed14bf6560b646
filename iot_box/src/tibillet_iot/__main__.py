"""`python -m tibillet_iot`: the same as the `tibillet-iot` command."""

import sys

from tibillet_iot.cli import main

sys.exit(main())
