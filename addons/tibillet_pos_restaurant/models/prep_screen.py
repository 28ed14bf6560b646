import uuid
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

SERVED_SHOWN = 40
LONGEST_MINUTES = 240


class PrepScreen(models.Model):
    _name = "tibillet.prep.screen"
    _description = "Preparation screen"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    config_ids = fields.Many2many("pos.config", string="Tills", check_company=True)
    category_ids = fields.Many2many("pos.category", string="Prepares", required=True)
    amber_minutes = fields.Integer("Amber after (minutes)", default=10, required=True)
    red_minutes = fields.Integer("Red after (minutes)", default=20, required=True)
    day_start = fields.Integer(
        "Day starts at",
        default=6,
        required=True,
        help="The hour at which ticket numbers start again at 1: a bar that closes at 2 keeps its night in one day.",
    )
    has_sound = fields.Boolean("Sound", default=True, help="Each screen can be muted for itself.")
    token = fields.Char(
        readonly=True, copy=False, required=True, groups="base.group_system", default=lambda self: str(uuid.uuid4())
    )
    ticket_ids = fields.One2many("tibillet.prep.ticket", "screen_id", "Tickets", readonly=True)
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting_count")

    @api.depends("ticket_ids.state")
    def _compute_waiting_count(self):
        groups = self.env["tibillet.prep.ticket"]._read_group(
            [("screen_id", "in", self.ids), ("state", "=", "to_prepare")], ["screen_id"], ["__count"]
        )
        counts = {screen.id: count for screen, count in groups}
        for screen in self:
            screen.waiting_count = counts.get(screen.id, 0)

    @api.constrains("amber_minutes", "red_minutes", "day_start")
    def _check_times(self):
        for screen in self:
            if not 0 < screen.amber_minutes < screen.red_minutes <= LONGEST_MINUTES:
                raise ValidationError(
                    self.env._("A ticket turns amber first, then red, within %s minutes.", LONGEST_MINUTES)
                )
            if not 0 <= screen.day_start <= 23:
                raise ValidationError(self.env._("The day starts at an hour from 0 to 23."))

    @api.constrains("category_ids")
    def _check_category_ids(self):
        if any(not screen.category_ids for screen in self):
            raise ValidationError(self.env._("Choose what this screen prepares: at least one category of products."))

    def action_open(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/tibillet/prep/{self.id}", "target": "new"}

    def _prepared_categories(self):
        """The screens' categories and all that are below them."""
        return self.env["pos.category"].sudo().search([("id", "child_of", self.category_ids.ids)])

    def _prepared_lines(self, lines):
        """Which order lines are this screen's: by their product, or by the menu that they are part of.

        A menu itself is not cooked: its parts are.
        """
        categories = self._prepared_categories()
        return lines.filtered(
            lambda line: (
                not line.combo_line_ids
                and (line.product_id | line.combo_parent_id.product_id).pos_categ_ids & categories
            )
        )

    # --- what a screen asks -----------------------------------------------------------------------------------------

    def _for_reader(self):
        """This screen with the rights to work on its tickets, once its reader was found to have the right to read it.

        :raise AccessError: a user of another company, or of no till
        """
        self.ensure_one()
        self.check_access("read")
        return self.sudo()

    def _ticket(self, ticket_id):
        """One ticket of this screen; another screen's is unknown here."""
        ticket = self.env["tibillet.prep.ticket"].browse(ticket_id if isinstance(ticket_id, int) else []).exists()
        if ticket.screen_id != self:
            raise UserError(self.env._("This ticket is not on this screen. Reload the screen."))
        return ticket

    def _state(self):
        """All that the screen shows: what waits, what is ready, what was last served today.

        :return: ``{screen: {id, name, amber, red, sound, served}, now, tickets: […]}``, times in seconds since 1970
        """
        Ticket = self.env["tibillet.prep.ticket"]
        mine = Domain("screen_id", "=", self.id)
        today = mine & Domain("state", "=", "served") & Domain("day", "=", self._today())
        served = Ticket.search(today, order="served_at desc, id desc", limit=SERVED_SHOWN)
        waiting = Ticket.search(mine & Domain("state", "!=", "served"), order="sent_at, id")
        return {
            "screen": {
                "id": self.id,
                "name": self.name,
                "amber": self.amber_minutes,
                "red": self.red_minutes,
                "sound": self.has_sound,
                "served": Ticket.search_count(today),
            },
            "now": fields.Datetime.now().replace(tzinfo=UTC).timestamp(),
            "tickets": [ticket._describe() for ticket in waiting | served],
        }

    def _today(self):
        """The venue's day: it starts at its own hour, by its own clock."""
        local = self.company_id._tibillet_local(fields.Datetime.now())
        return (local - timedelta(hours=self.day_start)).date()

    def _channel(self):
        return f"tibillet_prep-{self.token}"

    def _notify(self):
        """Every open page of this screen, and the floor plan of its tills, read again once this is committed."""
        for config in self.sudo().config_ids.filtered("module_pos_restaurant"):
            config._notify("TIBILLET_TABLES", {})
        for screen in self.sudo():
            self.env["bus.bus"]._sendone(screen._channel(), "TIBILLET_PREP", {"screen": screen.id})
