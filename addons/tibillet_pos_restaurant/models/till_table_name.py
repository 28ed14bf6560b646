from odoo import api, models

from odoo.addons.tibillet_pos_nfc.models.till import answering


class TibilletTill(models.AbstractModel):
    """A table named by tapping a card."""

    _inherit = "tibillet.till"

    @api.model
    def _table_name(self, session_id, tap):
        """How to call the order of who holds this card: the holder's first name, else the printed number.

        :return: ``{status: ok, name}`` or a refusal
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            card = self._tapped_card(tap)
            self._check_card(card, also=("blank",))
            first, *_rest = (card.partner_id.name or "").split() or [card.number]
            answer.update(status="ok", name=first)
        return answer
