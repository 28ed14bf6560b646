from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# A second touch of the same holder within this time is the same touch.
REPEAT_SECONDS = 10


class TibilletBadge(models.Model):
    """An entry or an exit at a place. Written once, for good: which of the two, and when, the server alone says."""

    _name = "tibillet.badge"
    _description = "Entry or exit"
    _order = "at desc, id desc"
    _rec_name = "at"

    at = fields.Datetime("Time", required=True, readonly=True, index=True)
    direction = fields.Selection([("in", "Entry"), ("out", "Exit")], required=True, readonly=True)
    card_id = fields.Many2one("tibillet.card", required=True, readonly=True, ondelete="restrict", index=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", readonly=True, ondelete="set null", index="btree_not_null", help="Holder at that time."
    )
    place_id = fields.Many2one("tibillet.place", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    config_id = fields.Many2one("pos.config", "Till", required=True, readonly=True, ondelete="restrict")
    cashier_id = fields.Many2one("res.users", "Cashier", required=True, readonly=True, ondelete="restrict")
    entry_id = fields.Many2one(
        "tibillet.badge", "Entry that it ends", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    deadline = fields.Datetime(
        "Forgotten after", readonly=True, help="An entry without an exit by then is forgotten: it counts no hours."
    )

    _one_exit = models.UniqueIndex("(entry_id) WHERE entry_id IS NOT NULL", "This entry has its exit already.")
    _exit_of_an_entry = models.Constraint(
        "CHECK ((direction = 'in') = (entry_id IS NULL) AND (direction = 'in') = (deadline IS NOT NULL))",
        "An exit ends an entry; an entry says when it is forgotten.",
    )

    @api.model
    def _record(self, card, place, config, cashier, now=None):
        """Record a touch (sudo), in a cursor that is READ COMMITTED: of two at once the second waits and sees the first.

        :param datetime now: naive UTC, now unless said
        :return: the entry or exit; a touch repeated within some seconds answers with the first
        """
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"tibillet_badge:{place.id}:{card._wallet().id}"]
        )
        badges = self.sudo()
        now = now or fields.Datetime.now()
        last = badges._last(card, place)
        if last and now - last.at < timedelta(seconds=REPEAT_SECONDS):
            return last
        values = {
            "at": now,
            "card_id": card.id,
            "partner_id": card.partner_id.id,
            "place_id": place.id,
            "company_id": config.company_id.id,
            "config_id": config.id,
            "cashier_id": cashier.id,
        }
        if last.direction == "in" and now <= last.deadline:
            return badges.create({**values, "direction": "out", "entry_id": last.id})
        return badges.create({**values, "direction": "in", "deadline": now + timedelta(hours=place.badge_hours)})

    def _last(self, card, place):
        """The holder's last touch at the place, by this card or another of theirs."""
        holder = [("card_id", "=", card.id)]
        if card.partner_id:
            holder = ["|", *holder, ("partner_id", "=", card.partner_id.id)]
        return self.search([("place_id", "=", place.id), *holder], order="at desc, id desc", limit=1)

    def _minutes(self):
        """How long the stay lasted that this exit ends, in minutes; None for an entry."""
        self.ensure_one()
        return int((self.at - self.entry_id.at).total_seconds() // 60) if self.direction == "out" else None

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("An entry or an exit is not rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An entry or an exit is not deleted."))
