from odoo import api, models

from odoo.addons.tibillet_base import ledger

from ..const import MAX_AMOUNT, gift_key, hold_keys, row_id
from .till import Refusal, answering


class TibilletTill(models.AbstractModel):
    """Gift credit that a tap takes off the price, held beside the rest under a key of its own."""

    _inherit = "tibillet.till"

    def _check_gift_room(self, gift_room):
        """Refuse a price to take gift credit off that no till sends."""
        if type(gift_room) is not int or not 0 <= gift_room <= MAX_AMOUNT:
            raise Refusal("request", self.env._("The till sent an incomplete payment. Reload the page."))

    def _hold_gift(self, cr, counter, line, wallet_id, payload):
        """Hold what gift credit takes off a payment line, as much as there is.

        :param line: :class:`Line`; at most its `gift_room` is taken off
        :return: list of one :class:`ledger.Hold`, or none
        """
        assets = self.env["tibillet.asset"]._taken_off_at(counter.place_id, counter.currency_id)
        uuid = gift_key(line.payment_uuid)
        before = self._gift_held(cr, uuid) if assets else []
        balances = ledger.balances(cr, wallet_id) if assets else {}
        free = sum(amount - held for asset, (amount, held) in balances.items() if asset in assets)
        mine = sum(hold.amount for hold in before if hold.wallet_id == wallet_id)
        amount = min(free + mine, line.gift_room, line.amount)
        while amount > 0:
            try:
                return [self._hold(cr, counter, uuid, wallet_id, amount, assets, payload)]
            except ledger.Insufficient as short:
                # Another till was faster: what it left is taken.
                amount = short.available
        self._give_back(cr, before)
        return []

    def _gift_held(self, cr, uuid):
        """What former taps on the same payment line still hold of gift credit."""
        return [hold for hold in ledger.holds(cr, list(hold_keys(uuid))).values() if hold.state == "held"]

    def _held_gift(self, gift):
        """What the till keeps of the gift credit that a tap takes off."""
        return {"gift": sum(hold.amount for hold in gift), "gift_hold": gift[0].key if gift else ""}

    @api.model
    def _gift_back(self, session_id, lines):
        """What gift credit gets back when lines are refunded: it goes back to its card, and is not paid out.

        :param lines: ``[{line: id of the line that is refunded, qty: above zero}]``
        :return: ``{status: ok, parts: [{taxes: [ids], amount: minor units}]}``
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            well_formed = isinstance(lines, list | tuple) and all(
                isinstance(row, dict)
                and row_id(row.get("line"))
                and isinstance(row.get("qty"), int | float)
                and row["qty"] > 0
                for row in lines
            )
            if not well_formed:
                raise Refusal("request", self.env._("The till sent an incomplete request. Reload the page."))
            returned = {row["line"]: row["qty"] for row in lines}
            sold = self.env["pos.order.line"].browse(returned).exists()
            if len(sold) != len(lines) or sold.company_id.tibillet_place_id.ids not in ([], [counter.place_id]):
                raise Refusal("request", self.env._("The till sent an incomplete request. Reload the page."))
            parts = {}
            for by_group in sold._tibillet_gift_back(returned).values():
                for group, amount in by_group.items():
                    parts[group] = parts.get(group, 0) + amount
            answer.update(
                status="ok",
                parts=[
                    {"taxes": [int(tax) for tax in group.split(",") if tax], "amount": amount}
                    for group, amount in sorted(parts.items())
                ],
            )
        return answer
