from odoo import models, tools

from odoo.addons.tibillet_pos_nfc.const import row_id
from odoo.addons.tibillet_pos_nfc.models.till import answering

TRAINING = "training:"


class TibilletTill(models.AbstractModel):
    """At a till in training a card is read, never touched."""

    _inherit = "tibillet.till"

    def _authorise(
        self, session_id, payment_uuid, order_uuid, amount, tap, other_holds=(), units=(), articles=(), gift_room=0
    ):
        if not row_id(session_id) or not self._in_training(session_id):
            return super()._authorise(
                session_id, payment_uuid, order_uuid, amount, tap, other_holds, units, articles, gift_room
            )
        answer = {}
        with answering(answer):
            self._counter(session_id)
            self._check_request(payment_uuid, order_uuid, amount, other_holds, bool(units))
            card = self._tapped_card(tap)
            self._check_card(card, also=("blank",))
            name = self.env._("SIMULATION")
            answer.update(
                status="held",
                hold=f"{TRAINING}{payment_uuid}",
                card=card.number,
                holder="",
                left=0,
                lines=[{"asset": name, "amount": amount}],
            )
        return answer

    def _release(self, session_id, hold):
        if isinstance(hold, str) and hold.startswith(TRAINING):
            return {"status": "released"}
        return super()._release(session_id, hold)

    @tools.ormcache("session_id")
    def _in_training(self, session_id):
        """Kept from one tap to the next: a session's mode never changes."""
        return self.env["pos.session"].sudo().browse(session_id).exists().tibillet_training
