from odoo import fields, models


class TibilletAsset(models.Model):
    """What one holder may be topped up in a day."""

    _inherit = "tibillet.asset"

    top_up_day_ceiling = fields.Float(
        "Topped up a day at most",
        digits=(16, 2),
        tracking=True,
        help="What one holder may top up in a day, at all places together; 0 for no limit.",
    )

    _top_up_day_ceiling_floor = models.Constraint("CHECK (top_up_day_ceiling >= 0)", "A ceiling cannot be negative.")

    def _top_up_room(self, wallet, since):
        """What a wallet may still be topped up since then (naive UTC), in minor units; None for no limit."""
        self.ensure_one()
        if not self.top_up_day_ceiling:
            return None
        self.env.cr.execute(
            """SELECT coalesce(sum(p.amount), 0)::bigint FROM tibillet_ledger_posting p
                 JOIN tibillet_ledger_balance b ON b.id = p.balance_id
                WHERE b.wallet_id = %s AND b.asset_id = %s AND p.kind = 'top_up' AND p.created_at >= %s""",
            [wallet.id, self.id, since],
        )
        [done] = self.env.cr.fetchone()
        return max(round(self.top_up_day_ceiling * 10**self.decimal_places) - done, 0)
