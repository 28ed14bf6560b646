from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, email_normalize, hmac


class EventRegistration(models.Model):
    """What a buyer may do with their tickets, on a page that their mail leads to."""

    _inherit = "event.registration"

    def _tibillet_booking(self):
        """The tickets that were booked together with this one (event.registration)."""
        self.ensure_one()
        if self.sale_order_id:
            return self.sale_order_id.order_line.registration_ids.sorted("id")
        if self.tibillet_seat_key:
            return self.search([("tibillet_seat_key", "=", self.tibillet_seat_key)], order="id")
        return self

    def _tibillet_word(self, scope):
        """What a link holds beside the ticket's number, so that nobody guesses it (str).

        :param str scope: 'booking' (its buyer: every ticket, cancelling), 'ticket' (whoever has this one: to show it)
        """
        self.ensure_one()
        # Passed on to somebody else, a ticket forgets its former holder's link; its buyer's stays.
        secret = self.tibillet_uuid if scope == "ticket" else f"{self.create_date}"
        return hmac(self.env(su=True), f"tibillet-{scope}", (self.id, secret))

    def _tibillet_of_word(self, word):
        """(tickets that `word` shows, whether it is their buyer's): none for a word that is not ours."""
        self.ensure_one()
        if consteq(word, self._tibillet_word("booking")):
            return self._tibillet_booking(), True
        if consteq(word, self._tibillet_word("ticket")):
            return self, False
        return self.browse(), False

    def _tibillet_buyer_email(self):
        self.ensure_one()
        return self.sale_order_id.partner_id.email or self._tibillet_booking()[:1].email

    def _tibillet_url(self):
        """Address of the page of this booking for its buyer, of this ticket for anybody else (str)."""
        self.ensure_one()
        is_buyer = email_normalize(self.email or "") == email_normalize(self._tibillet_buyer_email() or "")
        website = self.event_id.website_id
        base = website.get_base_url() if website else self.get_base_url()
        return f"{base}/booking/{self.id}/{self._tibillet_word('booking' if is_buyer else 'ticket')}"

    def _tibillet_why_not_cancel(self):
        """Why its buyer may not cancel this ticket any more (str), or None."""
        self.ensure_one()
        event, slot = self.event_id, self.event_slot_id
        if self.state == "cancel":
            return self.env._("This ticket is cancelled.")
        if self.state == "done" or self.tibillet_scan_ids.filtered(lambda scan: scan.answer == "in"):
            return self.env._("This ticket came in already.")
        until = event._tibillet_cancel_until(slot)
        if not until:
            return self.env._("Tickets of this event are not paid back. Write to the organiser if you cannot come.")
        if fields.Datetime.now() > until:
            return self.env._("The time to cancel is over. Write to the organiser if you cannot come.")
        return None

    def _tibillet_rename(self, name, email):
        """Give the ticket to somebody else: the code sent before is refused from now on.

        :raise UserError: came in already, cancelled, or no name
        """
        self.ensure_one()
        name, email = (name or "").strip(), (email or "").strip()
        if not name:
            raise UserError(self.env._("Say who comes: a ticket has a name."))
        if self.state not in ("draft", "open"):
            raise UserError(self._tibillet_why_not_cancel())
        self.write({"name": name, "email": email or self.email})
        self._tibillet_renew_code()

    def action_tibillet_resend(self):
        """Send these tickets' mails again."""
        self.check_access("write")
        self._tibillet_resend()

    def _tibillet_resend(self):
        """Send the ticket's mail again, to its own address."""
        template = self.env.ref("tibillet_ticketing_website.mail_ticket")
        for ticket in self.filtered(lambda ticket: ticket.state in ("open", "done") and ticket.email):
            template.sudo().send_mail(ticket.id)
