from odoo import api, models

from odoo.addons.tibillet_pos_nfc.models.till import answering


class TibilletTill(models.AbstractModel):
    """A till prints what the kitchen asks for again."""

    _inherit = "tibillet.till"

    @api.model
    def _reprint(self, session_id, ticket_id, turn):
        """Take a reprint that the kitchen asked of this till's point of sale.

        :return: ``{status: ok, lines: [{uuid, product_id, name, qty, note}]}``, no line when another till took it,
            or a refusal
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            config = self.env["pos.session"].sudo().browse(session_id).config_id
            known = ticket_id if isinstance(ticket_id, int) else 0
            ticket = self.env["tibillet.prep.ticket"].sudo().browse(known).exists()
            is_mine = ticket and ticket.config_id == config
            answer.update(status="ok", lines=ticket._take_reprint(turn) if is_mine else [])
        return answer
