import math

from odoo import api, models

from odoo.addons.tibillet_pos_nfc.models.till import UUID, Refusal, answering

LONGEST_REASON = 200


class TibilletTill(models.AbstractModel):
    """What was sent to the kitchen and is no longer wanted: a manager approves it."""

    _inherit = "tibillet.till"

    @api.model
    def _cancel_lines(self, session_id, order_uuid, key, lines, approval, reason=""):
        """Approve that lines already sent are lowered or removed.

        :param str key: the request's own uuid; asked again, the same answer and nothing more
        :param dict lines: ``{line's uuid: quantity no longer wanted}``
        :param approval: as :meth:`_approved` takes it
        :return: ``{status: ok, approver: name}`` or a refusal
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            session = self.env["pos.session"].browse(session_id)
            order = self._order_of(session, order_uuid)
            self._check_cancel_request(key, lines)
            approver = self._approved(session_id, approval)
            reason = reason[:LONGEST_REASON] if isinstance(reason, str) else ""
            for line in order.lines.filtered(lambda line: line.uuid in lines):
                line._tibillet_cancel(session, lines[line.uuid], approver, reason, key)
            answer.update(status="ok", approver=approver.name)
        return answer

    def _order_of(self, session, order_uuid):
        known = order_uuid if isinstance(order_uuid, str) else ""
        order = self.env["pos.order"].sudo().search([("uuid", "=", known)], limit=1)
        if order.company_id != session.sudo().company_id or order.state != "draft":
            raise Refusal("request", self.env._("This order is not open here. Reload the page."))
        return order

    def _check_cancel_request(self, key, lines):
        uuids = [key, *lines] if isinstance(lines, dict) else [None]
        if not lines or not all(isinstance(text, str) and UUID.fullmatch(text) for text in uuids):
            raise Refusal("request", self.env._("The till sent an incomplete request. Reload the page."))
        if any(type(qty) not in (int, float) or not math.isfinite(qty) or qty <= 0 for qty in lines.values()):
            raise Refusal("request", self.env._("The till sent an incomplete request. Reload the page."))
