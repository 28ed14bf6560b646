import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class EventEvent(models.Model):
    """An event that is cancelled or moved tells its attendees, and pays them back, by a job that loses nothing.

    ``tibillet_news_at`` is when; an attendee who has not that date yet was not told. Each booking is one transaction.
    """

    _inherit = "event.event"

    tibillet_news_at = fields.Datetime("Changed", readonly=True, copy=False)
    tibillet_news = fields.Html("What is told", readonly=True, copy=False)
    tibillet_news_to = fields.Selection(
        [("payment", "To the payments"), ("wallet", "To the wallets"), ("keep", "Stays here")],
        "What was paid",
        readonly=True,
        copy=False,
    )
    tibillet_former_begin = fields.Datetime("Was to begin", readonly=True, copy=False)
    tibillet_free_until = fields.Datetime(
        "Everybody may cancel until", copy=False, help="After a move: and gets their money back."
    )

    def _tibillet_cancel_until(self, slot=None):
        until = super()._tibillet_cancel_until(slot)
        return max(filter(None, (until, self.tibillet_free_until)), default=None)

    def _tibillet_call_off(self, to, message=None):
        """Cancel the event: nothing is sold from now on; tickets are cancelled and paid back by the job.

        :param str to: as for ``event.registration._tibillet_cancel``
        :raise UserError: it is cancelled already, or over
        """
        self.ensure_one()
        if self.kanban_state == "cancel":
            raise UserError(self.env._("%s is cancelled already.", self.name))
        if self.is_finished:
            raise UserError(self.env._("%s is over: cancel single tickets instead.", self.name))
        self.kanban_state = "cancel"
        self._tibillet_spread(message, tibillet_news_to=to)

    def _tibillet_move(self, begin, end, free_until=None, message=None):
        """Move the event: tickets stay good, and until `free_until` (UTC) whoever cannot come is paid back."""
        self.ensure_one()
        former = self.date_begin
        self.write({"date_begin": begin, "date_end": end, "tibillet_free_until": free_until})
        self._tibillet_spread(message, tibillet_former_begin=former, tibillet_news_to=False)

    def _tibillet_spread(self, message, **vals):
        self.write({"tibillet_news_at": fields.Datetime.now(), "tibillet_news": message, **vals})
        self.env.ref("tibillet_ticketing_website.cron_event_news").sudo()._trigger()

    @api.model
    def _cron_tibillet_news(self):
        """Tell, cancel and pay back whoever was not told yet, a booking at a time."""
        attendees = self.env["event.registration"]
        waiting = attendees.search(
            [("event_id.tibillet_news_at", "!=", False), ("state", "in", ("draft", "open"))], order="id"
        ).filtered(lambda one: one._tibillet_not_told())
        left = len(waiting)
        while waiting:
            booking = waiting[0]._tibillet_booking() & waiting.filtered(
                lambda one: one.event_id == waiting[0].event_id  # noqa: B023
            )
            booking = booking or waiting[0]
            try:
                with self.env.cr.savepoint():
                    booking._tibillet_hear_news()
            except OperationalError:
                raise  # another connection works on it: Odoo runs the job again
            except Exception:
                # The others are told all the same, and this one is tried again at the next run.
                _logger.exception("The booking of %s could not be told what became of its event", booking.ids)
            waiting -= booking
            left -= len(booking)
            if not self.env["ir.cron"]._commit_progress(len(booking), remaining=left):
                break


class EventRegistration(models.Model):
    _inherit = "event.registration"

    tibillet_news_at = fields.Datetime("Told", readonly=True, copy=False)

    def _tibillet_not_told(self):
        news = self.event_id.tibillet_news_at
        return bool(news) and self.create_date <= news and (not self.tibillet_news_at or self.tibillet_news_at < news)

    def _tibillet_hear_news(self):
        """These tickets of one booking learn what became of their event; each address gets one mail."""
        event = self.event_id
        self.tibillet_news_at = event.tibillet_news_at
        # Who has not paid has no ticket yet: their cart is corrected, nobody is written to.
        known = self.filtered(lambda ticket: ticket.state == "open")
        if event.kanban_state == "cancel":
            self._tibillet_leave_carts()
            known._tibillet_call_off(event.tibillet_news_to or "payment")
        template = self.env.ref("tibillet_ticketing_website.mail_news").sudo()
        for tickets in known.filtered("email").grouped(lambda ticket: ticket.email.strip().lower()).values():
            template.with_context(tibillet_tickets=tickets.ids).send_mail(tickets[0].id)

    def _tibillet_call_off(self, to):
        """Cancel and pay back; what may not enter a wallet goes to the payment."""
        try:
            with self.env.cr.savepoint():
                self._tibillet_cancel(to)
        except UserError:
            self._tibillet_cancel("payment")

    def _tibillet_leave_carts(self):
        """Nobody pays for what does not take place: out of the carts."""
        lines = self.filtered(lambda ticket: ticket.state == "draft").sale_order_line_id
        for line in lines.filtered(lambda line: line.order_id.state in ("draft", "sent")):
            line.order_id._cart_update_line_quantity(line.id, 0)

    def _tibillet_news_tickets(self):
        """The tickets (event.registration) that the mail being written is about."""
        return self.browse(self.env.context.get("tibillet_tickets") or self.ids)

    def _tibillet_news_subject(self):
        if self.event_id.kanban_state == "cancel":
            return self.env._("Cancelled: %s", self.event_id.name)
        return self.env._("New date: %s", self.event_id.name)
