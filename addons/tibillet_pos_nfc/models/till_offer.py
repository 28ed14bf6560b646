from odoo import api, models

from ..const import MAX_AMOUNT, offer_key
from .till import UUID, Refusal, answering


class TibilletTill(models.AbstractModel):
    """An article offered by the house, with a manager's word."""

    _inherit = "tibillet.till"

    @api.model
    def _offer(self, session_id, order_uuid, line_uuid, amount, approval, reason=""):
        """Approve that a line of an order not yet paid becomes free.

        :param int amount: what it is worth, minor units; the paid line may not be worth more
        :param approval: as :meth:`_approved` takes it
        :return: ``{status: ok, approver: name}`` or a refusal; asked again, the same answer
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            if not all(isinstance(text, str) and UUID.fullmatch(text) for text in (order_uuid, line_uuid)):
                raise Refusal("request", self.env._("The till sent an incomplete request. Reload the page."))
            if type(amount) is not int or not 0 < amount <= MAX_AMOUNT:
                raise Refusal("amount", self.env._("This article has no price: there is nothing to offer."))
            acts = self.env["tibillet.till.act"]
            approver = self._approved(session_id, approval)
            acts._log(
                self.env["pos.session"].browse(session_id),
                "offered",
                amount=amount,
                approver_id=approver.id,
                reason=reason if isinstance(reason, str) else "",
                key=offer_key(line_uuid),
                order_uuid=order_uuid,
            )
            answer.update(status="ok", approver=acts._of_key(offer_key(line_uuid)).approver_id.name)
        return answer
