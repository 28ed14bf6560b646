from odoo import api, fields, models

ALERT_SHARE = 0.8


class TibilletSettlementPair(models.Model):
    """How much another venue may owe this one: told at 80 %, and at the cap its money is refused where one chose so."""

    _inherit = "tibillet.settlement.pair"

    cap = fields.Monetary(tracking=True, help="How much they may owe us. At 80 % we are told. Zero: no cap.")
    at_cap = fields.Selection(
        [("tell", "Tell our accountants"), ("refuse", "Take their money no more")],
        "Above the cap",
        required=True,
        default="tell",
        tracking=True,
        help="Taken no more: from the hourly count on, our tills refuse it until they owe less again.",
    )
    cap_state = fields.Selection(
        [("none", "No cap"), ("below", "Below"), ("near", "At 80 %"), ("over", "Over")],
        "Against the cap",
        compute="_compute_cap_state",
    )
    warned = fields.Boolean(readonly=True, copy=False, help="Told already, until they owe less again.")
    refused = fields.Boolean("Their money is refused", readonly=True, copy=False, tracking=True)

    _cap_positive = models.Constraint("CHECK (cap >= 0)", "A cap is zero (none) or more.")

    @api.depends("cap")
    def _compute_cap_state(self):
        for pair in self:
            if not pair.cap:
                pair.cap_state = "none"
            elif pair.balance > pair.cap:
                pair.cap_state = "over"
            else:
                pair.cap_state = "near" if pair.balance >= ALERT_SHARE * pair.cap else "below"

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("cap", "at_cap")):
            self.sudo()._watch()
        return result

    @api.model
    def _cron_watch(self):
        """Open what lacks, then count each account that has a cap."""
        self._open_missing()
        self.sudo().search(["|", ("cap", ">", 0), ("refused", "=", True)])._watch()

    def _watch(self):
        """Tell once who lets another venue owe more than 80 % of the cap; refuse its money above, or take it again."""
        for pair in self:
            refused = pair.at_cap == "refuse" and pair.cap_state == "over"
            high = pair.cap_state in ("near", "over")
            if high and not pair.warned or refused and not pair.refused:
                pair.company_id._tibillet_tell_accountants(pair, lambda told, refused=refused: told._warning(refused))
            pair.warned = high
            if pair.refused != refused:
                pair.refused = refused
                self.env.registry.clear_cache()

    def _warning(self, refused):
        """(subject, sentence) for our accountants."""
        names = {
            "other": self.other_id.name,
            "amount": self.currency_id.format(self.balance),
            "cap": self.currency_id.format(self.cap),
        }
        if refused:
            words = self.env._(
                "%(other)s owes %(amount)s, above the cap of %(cap)s: our tills take its money no more. "
                "Ask for a transfer, or raise the cap.",
                **names,
            )
        else:
            words = self.env._(
                "%(other)s owes %(amount)s of a cap of %(cap)s. Ask for a transfer, or raise the cap.", **names
            )
        return self.env._("Cap between venues"), words
