from datetime import timedelta

from odoo import fields, models

from .. import keyring


class TibilletDashboard(models.AbstractModel):
    """The section "What needs me"."""

    _inherit = "tibillet.dashboard"

    def _needs(self, places):
        """Lines: {key, level (danger, warning, info), icon, text, action}; the gravest first."""
        needs = [
            *self._needs_ledger(),
            *self._needs_invitations(places),
            *self._needs_cards(places),
            *self._needs_holds(places),
        ]
        return sorted(needs, key=lambda need: ("danger", "warning", "info").index(need["level"]))

    def _need(self, key, level, icon, text, model, name, domain=None, record=None):
        action = {"type": "ir.actions.act_window", "name": name, "res_model": model, "target": "current"}
        if record:
            action.update(res_id=record.id, views=[[False, "form"]])
        else:
            action.update(domain=domain or [], views=[[False, "list"], [False, "form"]])
        return {"key": key, "level": level, "icon": icon, "text": text, "action": action}

    def _needs_ledger(self):
        last = self.env["tibillet.verification"].search([], limit=1)
        if last and not last.ok:
            first_break = last.breaks.splitlines()[0]
            yield self._need(
                "broken",
                "danger",
                "fa-chain-broken",
                self.env._("The ledger does not add up: %s", first_break),
                "tibillet.verification",
                self.env._("Verification"),
                record=last,
            )
        if not keyring.is_original(self.env):
            yield {
                "key": "copy",
                "level": "warning",
                "icon": "fa-files-o",
                "action": False,
                "text": self.env._("This database is a copy: it neither signs nor pays out."),
            }

    def _needs_invitations(self, places):
        for member in self.env["tibillet.federation.member"].search(
            [("place_id", "in", places.ids), ("state", "=", "invited")]
        ):
            yield self._need(
                "invited",
                "info",
                "fa-envelope-o",
                self.env._(
                    "%(place)s is invited to “%(federation)s”.",
                    place=member.place_id.name,
                    federation=member.federation_id.name,
                ),
                "tibillet.federation",
                member.federation_id.name,
                record=member.federation_id,
            )

    def _needs_cards(self, places):
        cards = self.env["tibillet.card"]
        lost = [("place_id", "in", places.ids), ("state", "=", "lost"), ("replaced_by_id", "=", False)]
        if count := cards.search_count(lost):
            yield self._need(
                "lost",
                "warning",
                "fa-question-circle",
                self.env._("%s lost cards wait for a replacement.", count)
                if count > 1
                else self.env._("A lost card waits for a replacement."),
                "tibillet.card",
                self.env._("Lost cards"),
                lost,
            )
        bare = [("place_id", "in", places.ids), ("state", "!=", "void"), ("chip_state", "=", "none")]
        by_batch = dict(cards._read_group(bare, ["batch_id"], ["__count"]))
        if by_batch:
            yield self._need(
                "bare",
                "info",
                "fa-wifi",
                self.env._("%s cards have no chip yet: enrol them by tapping.", sum(by_batch.values())),
                "tibillet.card.batch",
                self.env._("Batches to enrol"),
                [("id", "in", [batch.id for batch in by_batch])],
            )

    def _needs_holds(self, places):
        hours = int(self.env["ir.config_parameter"].sudo().get_param("tibillet_base.hold_hours", 24))
        old = [
            ("place_id", "in", places.ids),
            ("state", "=", "held"),
            ("created_at", "<", fields.Datetime.now() - timedelta(hours=hours)),
        ]
        if count := self.env["tibillet.ledger.hold"].search_count(old):
            yield self._need(
                "holds",
                "warning",
                "fa-hourglass-half",
                self.env._(
                    "%(count)s payments have been waiting for more than %(hours)s hours.", count=count, hours=hours
                ),
                "tibillet.ledger.hold",
                self.env._("Old holds"),
                old,
            )
