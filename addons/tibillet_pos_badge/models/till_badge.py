from odoo import api, models

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_pos_nfc.models.till import Refusal, answering


class TibilletTill(models.AbstractModel):
    """A card is badged at the till's place."""

    _inherit = "tibillet.till"

    @api.model
    def _badge(self, session_id, tap):
        """Record an entry or an exit of the tapped card.

        :return: ``{status: ok, direction: in | out, at (UTC), minutes (of a stay that ends), card: {…}}`` or a refusal
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            config = self.env["pos.session"].browse(session_id).sudo().config_id
            cashier = self._seated(config.id).user_id or self.env.user
            with ledger.own_cursor(self.env) as cr:
                till = self.with_env(self.env(cr=cr))
                place = till.env["tibillet.place"].sudo().browse(counter.place_id)
                card = till._tapped_card(tap)
                till._check_card(card, also=("blank",))
                till._check_network(card, place)
                card._activate()
                badge = till.env["tibillet.badge"]._record(card, place, config, cashier)
                answer.update(
                    status="ok",
                    direction=badge.direction,
                    at=badge.at.isoformat(timespec="seconds") + "Z",
                    minutes=badge._minutes(),
                    card=till._describe(card),
                )
        return answer

    def _check_network(self, card, place):
        """A place opens to its own cards and to those of the federations that it has joined."""
        if card.place_id != place and not card.place_id.federation_ids & place.federation_ids:
            raise Refusal(
                "network",
                self.env._(
                    "This card comes from %(place)s, which is not in your network. Ask at the desk for a card.",
                    place=card.place_id.name,
                ),
            )
