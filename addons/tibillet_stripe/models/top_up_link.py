import secrets
from datetime import timedelta

import stripe

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.urls import urljoin

from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment_stripe import const as stripe_const
from odoo.addons.tibillet_base import keyring

LIFE = timedelta(days=7)
# What a person says of a link; the rest is the server's.
ASKED = {"wallet_id", "asset_id", "amount", "expires_at"}


class TibilletTopUpLink(models.Model):
    """A short address that tops up one wallet, once, on Stripe's own page: for venues without a website of theirs.

    Whoever has the address may pay, and learns neither whose wallet it is nor what it holds.
    """

    _name = "tibillet.top.up.link"
    _description = "Top-up link"
    _inherit = ["mail.thread"]
    _rec_name = "wallet_id"
    _order = "id desc"

    wallet_id = fields.Many2one(
        "tibillet.wallet", required=True, ondelete="restrict", domain=[("partner_id", "!=", False)], index=True
    )
    asset_id = fields.Many2one(
        "tibillet.asset",
        "Money",
        required=True,
        ondelete="restrict",
        domain=[("online_topup", "=", True)],
        default=lambda self: self._default_asset_id(),
    )
    company_id = fields.Many2one(related="asset_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="asset_id.currency_id")
    amount = fields.Monetary(required=True, default=20.0)
    expires_at = fields.Datetime("Open until", required=True, default=lambda self: fields.Datetime.now() + LIFE)
    token = fields.Char(required=True, readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(12))
    url = fields.Char("Address", compute="_compute_url")
    state = fields.Selection(
        [("open", "Open"), ("paid", "Paid"), ("closed", "Closed")],
        "Status",
        required=True,
        readonly=True,
        default="open",
        copy=False,
        tracking=True,
        index=True,
    )
    attempts = fields.Integer(readonly=True, copy=False)
    tx_id = fields.Many2one("payment.transaction", "Last payment", readonly=True, copy=False, ondelete="restrict")

    _token_unique = models.UniqueIndex("(token)", "This link exists already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever writes by hand a token, a payment or "paid" is not heard."""
        if not self.env.su:
            vals_list = [{name: vals[name] for name in ASKED & vals.keys()} for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _default_asset_id(self):
        return self.env["tibillet.asset"].search(
            [("online_topup", "=", True), ("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("token")
    def _compute_url(self):
        for link in self:
            link.url = urljoin(link.get_base_url(), f"/top-up/{link.token}")

    @api.constrains("wallet_id", "asset_id", "amount")
    def _check_payable(self):
        for link in self.sudo():
            if not link.wallet_id.partner_id:
                raise ValidationError(self.env._("Choose the wallet of a person: tie the card to its holder first."))
            if refusal := link.asset_id._online_refusal(link.wallet_id, link.amount):
                raise ValidationError(refusal)

    @api.model
    def _of_token(self, token):
        """The link (sudo) of this address, else empty."""
        return self.sudo().search([("token", "=", token)], limit=1)

    def _is_over(self):
        return self.state == "closed" or (self.state == "open" and self.expires_at < fields.Datetime.now())

    def _provider(self):
        """The issuer's account at Stripe (sudo), else empty."""
        return (
            self.env["payment.provider"]
            .sudo()
            .search(
                [("company_id", "=", self.company_id.id), ("code", "=", "stripe"), ("state", "!=", "disabled")],
                order="state",
                limit=1,
            )
        )

    def _checkout(self):
        """Where Stripe takes the money, of two phones at once the same page; None when it is paid or on its way.

        :raise UserError: it cannot be paid now, in the payer's words
        """
        self.ensure_one()
        self.flush_recordset()
        # Of two at once, the second fails, is tried again by Odoo, and finds the payment of the first.
        self.env.cr.execute(
            SQL("SELECT id FROM tibillet_top_up_link WHERE id = %s FOR UPDATE", self.id), log_exceptions=False
        )
        try:
            if self.tx_id:
                session = self.tx_id._tibillet_read_session()
                if session["status"] == "open":
                    return session["url"]
            if self.tx_id.state in ("pending", "authorized", "done"):
                return None
            return self._open_session()
        except stripe.StripeError as error:
            raise UserError(self.env._("The payment page does not answer now. Try again in a minute.")) from error

    def _open_session(self):
        provider, asset = self._provider(), self.asset_id
        if not provider or not keyring.is_original(self.env) or self._is_over():
            raise UserError(self.env._("This link takes no payment. Ask for another one."))
        if refusal := asset._online_refusal(self.wallet_id, self.amount):
            raise UserError(refusal)
        self.attempts += 1
        self.tx_id = self._make_payment(provider)
        # The same key and the same words when Odoo runs this again: Stripe then answers with the same page.
        key = f"tibillet.top.up.link/{self.token}/{self.attempts}"
        session = provider._tibillet_stripe().v1.checkout.sessions.create(
            self._session_params(), options={"idempotency_key": key}
        )
        self.tx_id.tibillet_session = session.id
        return session.url

    def _make_payment(self, provider):
        payments, partner = self.env["payment.transaction"].sudo(), self.wallet_id.partner_id
        return payments.create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_card").id,
                "operation": "online_redirect",
                "reference": f"TOPUP-LINK-{self.id}-{self.attempts}",
                "amount": self.amount,
                "currency_id": self.currency_id.id,
                "partner_id": partner.id,
                "tibillet_link_id": self.id,
                **payments._tibillet_create_values(self.asset_id, self.wallet_id),
            }
        )

    def _minor(self):
        currency = self.currency_id
        digits = stripe_const.CURRENCY_DECIMALS.get(currency.name)
        return payment_utils.to_minor_currency_units(self.amount, currency, arbitrary_decimal_number=digits)

    def _session_params(self):
        reference, asset = self.tx_id.reference, self.asset_id
        price = {
            "currency": self.currency_id.name.lower(),
            "unit_amount": self._minor(),
            "product_data": {"name": f"{asset.name} · {asset.place_id.name}"},
        }
        return {
            "mode": "payment",
            "client_reference_id": reference,
            "line_items": [{"quantity": 1, "price_data": price}],
            # By its description Odoo's own provider knows the payment, and its refunds.
            "payment_intent_data": {"description": reference},
            "success_url": f"{self.url}?back=1",
            "cancel_url": self.url,
        }

    def action_close(self):
        """Takes no payment any more; a page of Stripe that is open is closed."""
        self.check_access("read")
        for link in self.sudo().filtered(lambda link: link.state == "open"):
            if link.tx_id.state == "draft":
                link._expire_session()
            if link.state == "open":
                link.state = "closed"

    def _expire_session(self):
        sessions = self.tx_id.provider_id._tibillet_stripe().v1.checkout.sessions
        try:
            if self.tx_id._tibillet_read_session()["status"] == "open":
                sessions.expire(self.tx_id.tibillet_session)
                self.tx_id._set_canceled()
        except stripe.StripeError as error:
            raise UserError(self.env._("Stripe does not answer: the link is still open.")) from error
