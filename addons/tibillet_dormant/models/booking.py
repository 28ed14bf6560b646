from odoo import models


class TibilletBooking(models.Model):
    _inherit = "tibillet.booking"

    def _post_pay_backs(self, paid, account):
        """One entry for many holders: Dr 4191, Cr `account` (what gives the money) with each holder on their own line.

        :param paid: lines of a decision (tibillet.dormant.decision.line), of which some is transferred
        """
        keys = [line._key() for line in paid]
        lines = self._holder_lines(self._claim(keys)) + self._voucher_lines(keys)
        lines += [
            {
                "name": self.name,
                "account_id": account.id,
                "partner_id": line.partner_id.id,
                "balance": -line._transferred(),
            }
            for line in paid
        ]
        self._post_entry(lines, account)
        self._schedule_mirrors()
