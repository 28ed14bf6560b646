import json
import logging
from datetime import timedelta

import stripe
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Minutes before a message that failed is tried again: ten minutes, then twice as long each time.
FIRST_WAIT, TRIES = 10, 8


class TibilletStripeEvent(models.Model):
    """A message of Stripe: believed when signed, kept as it came, acted upon once, tried again when that fails."""

    _name = "tibillet.stripe.event"
    _description = "Message of Stripe"
    _order = "id desc"

    name = fields.Char("Number at Stripe", required=True, readonly=True)
    provider_id = fields.Many2one("payment.provider", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="provider_id.company_id", store=True, index=True)
    kind = fields.Char(required=True, readonly=True, index=True)
    payload = fields.Json("What it says", readonly=True)
    said = fields.Text("Message", compute="_compute_said")
    state = fields.Selection(
        [("received", "Received"), ("done", "Done"), ("ignored", "Not for us"), ("failed", "To fix")],
        "Status",
        required=True,
        readonly=True,
        index=True,
    )
    error = fields.Text("What prevents it", readonly=True)
    tries = fields.Integer(readonly=True)
    retry_at = fields.Datetime("Tried again", readonly=True)

    _once = models.UniqueIndex("(provider_id, name)", "This message of Stripe was received already.")

    @api.depends("payload")
    def _compute_said(self):
        for event in self:
            event.said = json.dumps(event.payload, indent=2, ensure_ascii=False)

    @api.model
    def _receive(self, provider, body, signature):
        """Keep a message and act upon it; one that came before changes nothing.

        :param provider: payment.provider whose address was written to
        :param str body: as it came
        :param str signature: the header ``Stripe-Signature``
        :return: the event (sudo), empty when it was known
        :raise stripe.SignatureVerificationError: nobody's signature, another's, an old one, or no secret is set here
        :raise ValueError: not a message at all
        """
        secret = provider.sudo().tibillet_stripe_secret
        if not secret:
            raise stripe.SignatureVerificationError("no secret", signature, body)
        said = stripe.Webhook.construct_event(body, signature, secret).to_dict()
        events = self.sudo()
        # Of two at once, the second fails, is tried again by Odoo, and finds it known: no error to write down.
        self.env.cr.execute(
            SQL(
                """INSERT INTO tibillet_stripe_event
                          (name, provider_id, company_id, kind, payload, state, tries, create_uid, create_date)
                   VALUES (%s, %s, %s, %s, %s, 'received', 0, %s, now() AT TIME ZONE 'UTC')
                   ON CONFLICT DO NOTHING RETURNING id""",
                said["id"],
                provider.id,
                provider.company_id.id,
                said["type"],
                json.dumps(said),
                self.env.uid,
            ),
            log_exceptions=False,
        )
        event = events.browse(row[0] for row in self.env.cr.fetchall())
        event._act()
        return event

    def _act(self):
        """Once: whoever comes second finds it done."""
        for event in self.try_lock_for_update():
            act = getattr(event, f"_on_{event.kind.replace('.', '_')}", None)
            if event.state not in ("received", "failed"):
                continue
            if not act:
                event.state = "ignored"
                continue
            try:
                with self.env.cr.savepoint():
                    act(event.payload["data"]["object"])
                    event.write({"state": "done", "error": False, "retry_at": False})
            except OperationalError:
                raise  # another connection was first: Odoo runs this again
            except Exception as error:
                _logger.info("Stripe's message %s fails", event.name, exc_info=True)
                event._note_failure(str(error))

    def _note_failure(self, why):
        tries = self.tries + 1
        again = fields.Datetime.now() + timedelta(minutes=FIRST_WAIT * 2**tries) if tries < TRIES else False
        self.write({"state": "failed", "error": why, "tries": tries, "retry_at": again})
        if again:
            self.env.ref("tibillet_stripe.cron_events").sudo()._trigger(again)

    @api.model
    def _cron_events(self):
        """Messages whose time has come again."""
        due = [("state", "=", "failed"), ("retry_at", "<=", fields.Datetime.now())]
        for event in self.search(due, order="id"):
            event._act()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def action_try_again(self):
        self.check_access("read")
        self.sudo()._act()

    def _on_payout_paid(self, payout):
        self.env["tibillet.stripe.payout"]._learn(self.provider_id, [payout])

    def _on_payout_failed(self, payout):
        self.env["tibillet.stripe.payout"]._learn(self.provider_id, [payout])

    def _on_checkout_session(self, session):
        """Read again: an old message, or one out of order, never has the last word."""
        if tx := self.env["payment.transaction"]._tibillet_of_session(self.provider_id, session["id"]):
            tx._tibillet_read_session()

    _on_checkout_session_completed = _on_checkout_session
    _on_checkout_session_async_payment_succeeded = _on_checkout_session
    _on_checkout_session_async_payment_failed = _on_checkout_session
    _on_checkout_session_expired = _on_checkout_session
