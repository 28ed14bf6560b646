"""For a genuine Odoo IoT Box: lists the PC/SC readers. Copy into its `iot_handlers/interfaces/`.

Stands alone, as the box downloads handlers file by file. The box's image has no PC/SC: see README.md, "An Odoo IoT Box".
"""

import logging
import re

from odoo.addons.iot_drivers.interface import Interface

_logger = logging.getLogger(__name__)

try:
    from smartcard import scard
except ImportError:
    scard = None
    _logger.error("No NFC readers: PC/SC is missing, run `apt install pcscd libccid python3-pyscard` on this box.")


class PcscInterface(Interface):
    """One device for each reader, with an identifier made of its name."""

    connection_type = "pcsc"
    _loop_delay = 1
    _context = None

    def get_devices(self):
        """Identifier -> {'reader': name} of the plugged readers; none while pcscd is away."""
        return {"pcsc_" + re.sub(r"\W+", "_", name): {"reader": name} for name in self._readers()}

    def _readers(self):
        if scard is None:
            return []
        if self._context is None:
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if code != scard.SCARD_S_SUCCESS:
                return []
            self._context = context
        try:
            code, names = scard.SCardListReaders(self._context, [])
        except (SystemError, UnicodeError):
            # pyscard reads a buffer that nobody filled when pcscd ends between its two calls.
            code, names = scard.SCARD_E_NO_SERVICE, []
        if code == scard.SCARD_S_SUCCESS:
            return names
        if code != scard.SCARD_E_NO_READERS_AVAILABLE:
            scard.SCardReleaseContext(self._context)
            self._context = None
        return []
