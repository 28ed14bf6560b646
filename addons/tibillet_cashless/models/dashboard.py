from odoo import models


class TibilletDashboard(models.AbstractModel):
    _inherit = "tibillet.dashboard"

    def _needs(self, places):
        """For an accountant also what the books wait for: mirrors that fail, a control that is not zero."""
        needs = super()._needs(places)
        if not self.env.user.has_group("tibillet_base.group_accountant"):
            return needs
        needs += [*self._needs_control(), *self._needs_mirrors()]
        return sorted(needs, key=lambda need: ("danger", "warning", "info").index(need["level"]))

    def _needs_control(self):
        for control in self.env["tibillet.wallet.control"].search([("state", "=", "different")]):
            yield self._need(
                f"control-{control.id}",
                "danger",
                "fa-balance-scale",
                self.env._(
                    "%(asset)s: the books and the wallets differ by %(amount)s.",
                    asset=control.asset_id.name,
                    amount=control.currency_id.format(control.difference),
                ),
                "tibillet.wallet.control",
                self.env._("Control of wallets"),
                record=control,
            )

    def _needs_mirrors(self):
        failed = [("state", "=", "failed")]
        if count := self.env["tibillet.booking"].search_count(failed):
            yield self._need(
                "mirrors",
                "warning",
                "fa-exchange",
                self.env._("%s bookings of what your cards did elsewhere wait for you.", count),
                "tibillet.booking",
                self.env._("To fix"),
                domain=failed,
            )
