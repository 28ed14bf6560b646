from odoo import models


class TibilletBooking(models.Model):
    _inherit = "tibillet.booking"

    def _post_pay_backs(self, account, amounts):
        """One entry for many holders paid back: Dr 4191, Cr `account` with each holder on their own line.

        :param account: what gives the money (account.account)
        :param amounts: {line of a decision: minor units}
        """
        lines = self._holder_lines(self._claim(line._key() for line in amounts))
        lines += [
            {
                "name": self.name,
                "account_id": account.id,
                "partner_id": line.partner_id.id,
                "balance": -amount / 10**line.asset_id.decimal_places,
            }
            for line, amount in amounts.items()
        ]
        self._post_entry(lines, account)
        self._schedule_mirrors()
