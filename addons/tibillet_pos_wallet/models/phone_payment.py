import json
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq, hmac

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_base.models.card_tap import Tapped

LIFE = timedelta(minutes=2)
KEPT = timedelta(days=1)
TOKEN = re.compile(r"(\d{1,9})-([0-9a-f]{32})", re.ASCII)


class TibilletPhonePayment(models.Model):
    """What a till asks of whoever scans its code: one payment line, for two minutes, once."""

    _name = "tibillet.phone.payment"
    _description = "Payment asked of a phone"
    _order = "id desc"

    session_id = fields.Many2one("pos.session", required=True, readonly=True, ondelete="cascade", index=True)
    payment_uuid = fields.Char(required=True, readonly=True, index=True)
    order_uuid = fields.Char(required=True, readonly=True)
    amount = fields.Integer(required=True, readonly=True, help="In the smallest unit of the till's currency.")
    other_holds = fields.Json(readonly=True, help="Holds of the order's other lines.")
    units = fields.Json(readonly=True, help="Hours and points: [{asset, amount}].")
    articles = fields.Json(readonly=True, help="What the order sells: [{product, taxes}].")
    gift_room = fields.Integer(
        "Price that gift credit may lower",
        readonly=True,
        help="Up to how much gift credit may lower the order's price.",
    )
    lang = fields.Char(required=True, readonly=True, help="Language of the till.")
    expires_at = fields.Datetime(required=True, readonly=True)
    state = fields.Selection(
        [("open", "Waiting"), ("held", "Paid"), ("refused", "Refused"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Holder", readonly=True, ondelete="cascade")
    answer = fields.Json(readonly=True, help="What the till is answered, as to a tap.")

    # --- the code ---------------------------------------------------------------------------------------------------

    def _token(self):
        """What the code says: which request, and a signature of all that it asks."""
        return f"{self.id}-{self._signature()}"

    def _signature(self):
        asked = (self.id, self.session_id.id, self.payment_uuid, self.order_uuid, self.amount, self.gift_room)
        units = json.dumps([self.units, self.articles], sort_keys=True)
        return hmac(self.env(su=True), "tibillet-phone-payment", (*asked, units))[:32]

    @api.model
    def _of_token(self, token):
        """The request (sudo) that this code asks for, else empty."""
        found = TOKEN.fullmatch(token)
        request = self.sudo().browse(int(found[1]) if found else ()).exists()
        return request if request and consteq(request._signature(), found[2]) else request.browse()

    def _url(self):
        """Where the code leads: the website, as configured."""
        website = self.env["website"].sudo().get_current_website()
        return f"{website.get_base_url()}/pay/{self._token()}"

    def _seconds(self):
        """How long the code may still be used; 0 when it is over."""
        left = (self.expires_at - fields.Datetime.now()).total_seconds()
        return max(0, int(left)) if self.state == "open" and self.session_id.state == "opened" else 0

    # --- the till ---------------------------------------------------------------------------------------------------

    @api.model
    def _ask(self, values):
        """Ask for a payment line; one that a phone has paid meanwhile answers so, one that waits is replaced.

        :param self: sudo, on a cursor of its own
        :return: the request; in state ``held`` when there is nothing to ask
        """
        former = self.search([("session_id", "=", values["session_id"]), ("payment_uuid", "=", values["payment_uuid"])])
        former._lock()
        paid = former.filtered(
            lambda one: (
                one._is_held() and all(one[name] == values[name] for name in ("order_uuid", "amount", "gift_room"))
            )
        )
        former.filtered(lambda one: one.state == "open").state = "cancelled"
        return paid[:1] or self.create({**values, "expires_at": fields.Datetime.now() + LIFE})

    def _is_held(self):
        """Whether what a phone paid still waits for its order."""
        if self.state != "held":
            return False
        key = self.answer["hold"]
        return ledger.holds(self.env.cr, [key])[key].state == "held"

    def _cancel(self):
        """End a request that nobody has answered; of a phone and a till at once, the first one wins.

        :param self: sudo, on a cursor of its own
        """
        self._lock()
        if self.state == "open":
            self.state = "cancelled"

    # --- the phone --------------------------------------------------------------------------------------------------

    def _confirm(self, partner):
        """Pay from the wallet of `partner`, as a tap of their card would; asked again, nothing more happens.

        The request stays locked meanwhile: of two phones at once one pays, and a till that gives up comes after.
        """
        with ledger.own_cursor(self.env) as cr:
            request = self.with_env(self.env(cr=cr, su=True))
            request._lock()
            if request._seconds():
                wallet = request.env["tibillet.wallet"]._for_partner(partner)
                payer = Tapped("", partner.sudo().name or "", wallet.id)
                till = self.env["tibillet.till"].sudo().with_context(lang=request.lang)
                answer = till._authorise_by_phone(request, payer)
                request.write(
                    {
                        "state": "held" if answer["status"] == "held" else "refused",
                        "partner_id": partner.id,
                        "answer": answer,
                    }
                )
            request.flush_recordset()

    def _lock(self):
        """Whoever else has these requests in hand comes first, and what they did is read."""
        self.env.cr.execute("SELECT id FROM tibillet_phone_payment WHERE id = ANY(%s) FOR UPDATE", [self.ids])
        self.invalidate_recordset()

    @api.autovacuum
    def _gc_requests(self):
        """A request that is over says who was where: it is not kept."""
        self.sudo().search([("create_date", "<", fields.Datetime.now() - KEPT)]).unlink()
