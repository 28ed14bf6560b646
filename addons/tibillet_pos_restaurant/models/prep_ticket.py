from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = ("to_prepare", "ready", "served")
STAMPS = {"ready": "ready_at", "served": "served_at"}
TIMES = ("sent_at", *STAMPS.values())
KEPT_DAYS = 90


class PrepTicket(models.Model):
    _name = "tibillet.prep.ticket"
    _description = "Preparation ticket"
    _order = "id"
    _rec_name = "number"

    screen_id = fields.Many2one(
        "tibillet.prep.screen", "Screen", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="screen_id.company_id", store=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    day = fields.Date(required=True, readonly=True, index=True)
    order_id = fields.Many2one("pos.order", "Order", readonly=True, ondelete="set null", index="btree_not_null")
    order_uuid = fields.Char("Order's uuid", required=True, readonly=True, index=True)
    config_id = fields.Many2one("pos.config", "Till", readonly=True, ondelete="set null")
    table = fields.Char(readonly=True)
    name = fields.Char("For", readonly=True)
    course = fields.Integer(readonly=True, aggregator=None)
    note = fields.Char(readonly=True)
    state = fields.Selection(
        [("to_prepare", "To prepare"), ("ready", "Ready"), ("served", "Served")],
        required=True,
        readonly=True,
        default="to_prepare",
    )
    sent_at = fields.Datetime("Sent", required=True, readonly=True, default=lambda self: fields.Datetime.now())
    ready_at = fields.Datetime("Ready at", readonly=True)
    served_at = fields.Datetime("Served at", readonly=True)
    line_ids = fields.One2many("tibillet.prep.line", "ticket_id", "Lines", readonly=True)

    _number_unique = models.Constraint("UNIQUE (screen_id, day, number)", "A screen gives each number once a day.")

    @property
    def _is_void(self):
        return bool(self.line_ids) and all(line.is_cancelled for line in self.line_ids)

    def _move(self, known, to):
        """Advance or recall a ticket from the state that its screen knew; another screen was first: nothing happens.

        :raise UserError: a step that does not exist
        """
        self.ensure_one()
        if known not in STATES or to not in STATES:
            raise UserError(self.env._("A ticket is to prepare, ready or served. Reload the screen."))
        if self.state != known:
            return
        step = STATES.index(to) - STATES.index(known)
        if abs(step) != 1 and not (step == 2 and self._is_void):
            raise UserError(self.env._("One step at a time: to prepare, ready, served."))
        vals = {"state": to}
        if step > 0:
            vals[STAMPS[to]] = fields.Datetime.now()
            self.line_ids._see()
        else:
            vals[STAMPS[known]] = False
        self.write(vals)
        self.screen_id._notify()

    def _tick(self, line_id, done):
        """One line done, or not yet."""
        line = self.line_ids.filtered(lambda line: line.id == line_id)
        if not line or line.is_cancelled:
            raise UserError(self.env._("This line is no longer to prepare. Reload the screen."))
        line.is_done = bool(done)
        self.screen_id._notify()

    def _describe(self):
        """What a screen shows; times in seconds since 1970, UTC."""
        self.ensure_one()
        stamps = {name: self[name].replace(tzinfo=UTC).timestamp() if self[name] else 0 for name in TIMES}
        return {
            "id": self.id,
            "number": self.number,
            "state": self.state,
            "table": self.table or "",
            "name": self.name or "",
            "course": self.course,
            "note": self.note or "",
            "till": self.config_id.name or "",
            "void": self._is_void,
            **stamps,
            "lines": [line._describe() for line in self.line_ids],
        }

    @api.autovacuum
    def _gc_tickets(self):
        limit = fields.Date.today() - timedelta(days=KEPT_DAYS)
        self.search([("day", "<", limit)], limit=10_000).unlink()
