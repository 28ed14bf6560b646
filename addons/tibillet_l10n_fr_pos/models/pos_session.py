from odoo import models
from odoo.exceptions import ConcurrencyError

from odoo.addons.tibillet_base import ledger


class PosSession(models.Model):
    """A session closes upon a chain that holds all its orders."""

    _inherit = "pos.session"

    def action_pos_session_closing_control(
        self, balancing_account=False, amount_to_balance=0, bank_payment_method_diffs=None
    ):
        for session in self:
            if session.company_id._is_accounting_unalterable():
                session._tibillet_seal_chain()
        return super().action_pos_session_closing_control(
            balancing_account, amount_to_balance, bank_payment_method_diffs
        )

    def _tibillet_seal_chain(self):
        """Seal this session's orders, and say where they stand in the chain.

        :raise ConcurrencyError: this transaction is older than a seal; begun again, it sees it
        """
        self.company_id._tibillet_seal()
        chain = self._tibillet_chain(self.env.cr)
        with ledger.own_cursor(self.env) as cr:
            if chain != self._tibillet_chain(cr):
                raise ConcurrencyError("The session's orders were sealed after this transaction began")
        count, first, last = chain
        if count:
            self.message_post(
                body=self.env._("Fiscal chain: %(count)s orders, sealed from n° %(first)s to n° %(last)s.",
                                count=count, first=first, last=last)
            )  # fmt: skip

    def _tibillet_chain(self, cr):
        """(how many orders are sealed, first and last number)"""
        cr.execute(
            """SELECT count(*), min(l10n_fr_secure_sequence_number), max(l10n_fr_secure_sequence_number)
                 FROM pos_order WHERE session_id = %s AND l10n_fr_secure_sequence_number > 0""",
            [self.id],
        )
        return cr.fetchone()
