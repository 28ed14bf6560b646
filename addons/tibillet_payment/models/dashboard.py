from odoo import models


class TibilletDashboard(models.AbstractModel):
    _inherit = "tibillet.dashboard"

    def _needs(self, places):
        """Also money that was paid online and could go neither to the wallet nor back."""
        needs = [*super()._needs(places), *self._needs_online(places)]
        return sorted(needs, key=lambda need: ("danger", "warning", "info").index(need["level"]))

    def _needs_online(self, places):
        stuck = [("tibillet_state", "=", "by_hand"), ("tibillet_asset_id.place_id", "in", places.ids)]
        payments = self.env["payment.transaction"]
        if payments.has_access("read") and (count := payments.search_count(stuck)):
            yield self._need(
                "online-by-hand",
                "danger",
                "fa-credit-card",
                self.env._("%s online payments wait for you: neither on a wallet nor given back.", count),
                "payment.transaction",
                self.env._("To settle by hand"),
                domain=stuck,
            )
