from odoo import models


class TibilletDashboard(models.AbstractModel):
    _inherit = "tibillet.dashboard"

    def _needs(self, places):
        """For an accountant also what of Stripe waits: payouts that cannot be booked, charges that nobody knows."""
        needs = super()._needs(places)
        if self.env.user.has_group("tibillet_base.group_accountant"):
            needs += self._needs_stripe()
        return sorted(needs, key=lambda need: ("danger", "warning", "info").index(need["level"]))

    def _needs_stripe(self):
        payouts, events = self.env["tibillet.stripe.payout"], self.env["tibillet.stripe.event"]
        refused, failed = [("state", "=", "refused")], [("state", "=", "failed")]
        unknown = [("line_ids.state", "=", "unknown")]
        if count := payouts.search_count(refused):
            text = self.env._("%s payouts of Stripe are not booked: see why.", count)
            yield self._need_stripe("stripe-payouts", "danger", text, payouts, refused)
        if count := payouts.search_count(unknown):
            text = self.env._("%s payouts hold charges that nobody knows.", count)
            yield self._need_stripe("stripe-charges", "warning", text, payouts, unknown)
        if count := events.search_count(failed):
            text = self.env._("%s messages of Stripe could not be followed.", count)
            yield self._need_stripe("stripe-messages", "warning", text, events, failed)

    def _need_stripe(self, key, level, text, model, domain):
        return self._need(key, level, "fa-cc-stripe", text, model._name, self.env._("To fix"), domain=domain)
