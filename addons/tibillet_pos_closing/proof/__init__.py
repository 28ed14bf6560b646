"""What proves closings and archives, with the standard library and `cryptography` alone: no Odoo, no secret."""

from . import archive, chain
