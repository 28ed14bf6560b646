from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_pos_nfc.tests.common import TillCase


@tagged("post_install", "-at_install")
class ChainCase(TillCase):
    """A French bar whose till sells beer for cash."""

    def _sell(self, session=None, amount=5.0, **vals):
        """A beer paid in cash, synced as a till does: entered, not sealed yet."""
        session = session or self.pos_session
        line = self._beer_line(price=self._untaxed(amount))
        payment = self._payment(session.config_id, "cash", line["price_subtotal_incl"])
        order = self._sync(self._order([line], [payment], session=session, **vals), self._user_of(session))
        self.env.cr.flush()
        return order

    def _seal(self):
        return self.bar._tibillet_seal()

    def _report(self):
        # Odoo's own check asks for a language where a request has one, and a test none.
        with mute_logger("odoo.tools.translate"):
            return self.bar.with_company(self.bar)._check_pos_hash_integrity()

    def _sql(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()
