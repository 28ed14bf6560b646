from odoo import models


class TibilletDashboard(models.AbstractModel):
    _inherit = "tibillet.dashboard"

    def _needs(self, places):
        """Also money that was paid online and could go neither to the wallet nor back, and money that nobody paid."""
        needs = [*super()._needs(places), *self._needs_online(places), *self._needs_real_provider(places)]
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

    def _needs_real_provider(self, places):
        """A provider in test mode says that it was paid, and a wallet is really credited."""
        issuers = (
            self.env["tibillet.asset"]
            .sudo()
            .search([("online_topup", "=", True), ("place_id", "in", places.ids)])
            .company_id
        )
        playing = [("state", "=", "test"), ("is_published", "=", True), ("company_id", "in", issuers.ids)]
        providers = self.env["payment.provider"]
        for provider in providers.sudo().search(playing):
            need = self._need(
                f"online-test-{provider.id}",
                "danger",
                "fa-flask",
                self.env._(
                    "%(venue)s: %(provider)s is in test mode, wallets are credited online and nobody pays. "
                    "Enable it for good, or take it off the website.",
                    provider=provider.name,
                    venue=provider.company_id.name,
                ),
                "payment.provider",
                provider.name,
                record=provider,
            )
            yield need if providers.has_access("read") else need | {"action": False}
