from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TibilletEventNews(models.TransientModel):
    """Cancel or move an event in one act: everybody is told, and money goes back or stays."""

    _name = "tibillet.event.news"
    _description = "Cancel or move an event"

    event_id = fields.Many2one("event.event", required=True, readonly=True, ondelete="cascade")
    act = fields.Selection([("cancel", "Cancel it"), ("move", "Move it")], required=True, default="cancel")
    date_begin = fields.Datetime("New start", compute="_compute_dates", store=True, readonly=False)
    date_end = fields.Datetime("New end", compute="_compute_dates", store=True, readonly=False)
    date_tz = fields.Selection(related="event_id.date_tz")
    to = fields.Selection(
        [
            ("payment", "Goes back to the payments"),
            ("wallet", "Goes on the buyers' wallets"),
            ("keep", "Stays here"),
        ],
        "What was paid",
        default="payment",
        required=True,
    )
    free_until = fields.Datetime(
        "Who cannot come cancels until", help="And gets the money back. Empty: as the event says for everybody."
    )
    message = fields.Html("What to tell", help="Stands in the mail below what happened.")
    attendee_count = fields.Integer("Tickets", compute="_compute_figures")
    amount = fields.Monetary("Paid for them online", compute="_compute_figures")
    currency_id = fields.Many2one(related="event_id.company_id.currency_id")

    @api.depends("event_id")
    def _compute_dates(self):
        for news in self:
            news.date_begin, news.date_end = news.event_id.date_begin, news.event_id.date_end

    @api.depends("event_id")
    def _compute_figures(self):
        for news in self:
            tickets = news.event_id.sudo().registration_ids.filtered(lambda ticket: ticket.state in ("open", "draft"))
            news.attendee_count = len(tickets)
            news.amount = sum(
                min(sum(ticket._tibillet_price() for ticket in mine), order._tibillet_paid())
                for order, mine in tickets.grouped("sale_order_id").items()
                if order
            )

    def action_apply(self):
        """Say so: the event changes now, its attendees are told (and paid back) by a job in the minutes that follow.

        :raise UserError: it is over, or the new dates are none
        """
        self.ensure_one()
        event = self.event_id
        event.check_access("write")
        if not self.env.user.has_group("event.group_event_user"):
            raise AccessError(self.env._("Only who organises events cancels or moves them."))
        if self.act == "move" and (self.date_begin, self.date_end) == (event.date_begin, event.date_end):
            raise UserError(self.env._("Choose the new date first."))
        if self.act == "cancel":
            event._tibillet_call_off(self.to, self.message)
        else:
            event._tibillet_move(self.date_begin, self.date_end, self.free_until, self.message)
        return {"type": "ir.actions.act_window_close"}
