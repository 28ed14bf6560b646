from odoo import models

from .till import Refusal


class TibilletTill(models.AbstractModel):
    """Rules that a place sets on what its cards pay."""

    _inherit = "tibillet.till"

    def _check_day(self, cr, counter, taken):
        """Give a tap's holds back when they pass what a card may spend here in a day.

        The hold is committed before the day is counted: of two tills at once, the later one sees the other's.
        """
        place = self.env["tibillet.place"].browse(counter.place_id)
        ceiling = place._spend_day_ceiling()
        if not ceiling:
            return
        cr.execute(
            """SELECT coalesce(sum(l.amount), 0)::bigint FROM tibillet_ledger_hold h
                 JOIN tibillet_ledger_hold_line l ON l.hold_id = h.id
                 JOIN tibillet_asset a ON a.id = l.asset_id AND a.kind IN ('money', 'gift')
                WHERE h.wallet_id = %s AND h.place_id = %s AND h.state <> 'released' AND h.created_at >= %s""",
            [taken[0].wallet_id, counter.place_id, place._day_start()],
        )
        [spent] = cr.fetchone()
        if spent <= ceiling:
            return
        self._give_back(cr, taken)
        room = max(ceiling - spent + sum(hold.amount for hold in taken), 0)
        raise Refusal(
            "day_ceiling",
            self.env._(
                "This card may still pay %(amount)s here today. Take the rest in cash or by bank card.",
                amount=self._money(counter, room),
            ),
        )
