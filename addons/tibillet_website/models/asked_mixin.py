from datetime import timedelta

from odoo import fields, models
from odoo.tools import hmac

WINDOW = timedelta(minutes=15)
# Mails asked for within the window; a whole venue may share one network address.
PER_ADDRESS, PER_ORIGIN = 3, 100


class TibilletAskedMixin(models.AbstractModel):
    """A mail that whoever stands at a public page asks for: so many by address, and by network address."""

    _name = "tibillet.asked.mixin"
    _description = "Mail that a stranger may ask for"

    email = fields.Char(required=True, readonly=True, index=True)
    origin = fields.Char(readonly=True, index=True, help="Keyed hash of the network address that asked.")

    def _keyed(self, origin):
        """What is kept of a network address."""
        return hmac(self.env, "tibillet-login-link", origin)

    def _is_asked_too_often(self, address, origin):
        """Counted under a lock, so that many requests at once count as many.

        :param str address: what was typed
        :param str origin: the keyed network address
        """
        for lock in sorted((address, origin)):
            self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{self._name}:{lock}"])
        since = [("create_date", ">", fields.Datetime.now() - WINDOW)]
        return (
            self.search_count([*since, ("email", "=", address)], limit=PER_ADDRESS) >= PER_ADDRESS
            or self.search_count([*since, ("origin", "=", origin)], limit=PER_ORIGIN) >= PER_ORIGIN
        )
