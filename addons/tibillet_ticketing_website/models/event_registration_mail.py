import base64

from odoo import models
from odoo.tools import email_normalize

TICKET = "event.action_report_event_registration_full_page_ticket"


class EventRegistration(models.Model):
    """The mail that brings tickets: PDF and calendar file, one mail for each address of a booking."""

    _inherit = "event.registration"

    def _tibillet_of_mail(self):
        """The tickets (event.registration) that the mail to this one's address holds, at this event and slot."""
        self.ensure_one()
        mine = email_normalize(self.email or "")
        return (
            self._tibillet_booking().filtered(
                lambda ticket: (
                    ticket.state in ("open", "done")
                    and (ticket.event_id, ticket.event_slot_id) == (self.event_id, self.event_slot_id)
                    and email_normalize(ticket.email or "") == mine
                )
            )
            or self
        )

    def _tibillet_heads(self):
        """Of these, the first of each mail."""
        return self.filtered(lambda ticket: ticket == (ticket._tibillet_of_mail() & self)[:1])

    def _process_attachments_for_template_post(self, mail_template):
        """The tickets as one PDF and the event as a calendar file, on our own mail."""
        if mail_template != self.env.ref("tibillet_ticketing_website.mail_ticket", raise_if_not_found=False):
            return super()._process_attachments_for_template_post(mail_template)
        result = {}
        for ticket in self:
            event = ticket.event_id
            lang = ticket._tibillet_lang()
            report = self.env["ir.actions.report"].sudo().with_context(lang=lang)
            pdf, kind = report._render_qweb_pdf(TICKET, ticket._tibillet_of_mail().ids)
            calendar = event.sudo().with_context(lang=lang)._get_ics_file(slot=ticket.event_slot_id).get(event.id, b"")
            name = (event.name or "").replace("/", "-")
            attachments = [(f"{name}.{kind}", base64.b64encode(pdf))]
            if calendar:
                attachments.append((f"{name}.ics", base64.b64encode(calendar)))
            result[ticket.id] = {"attachments": attachments}
        return result

    def _tibillet_lang(self):
        self.ensure_one()
        order = self.sale_order_id
        return (self.partner_id or order.partner_id).lang or self.event_id.lang or self.env.lang

    def _tibillet_mail_subject(self):
        event = self.event_id.name
        if len(self._tibillet_of_mail()) > 1:
            return self.env._("%s: your tickets", event)
        return self.env._("%s: your ticket", event)
