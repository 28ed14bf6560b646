from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

from ..const import owner_session_id, payment_key

PAID = ("paid", "done")
# In a context, no RPC can forge it: an object has no text.
PAID_HERE = object()


class PosOrder(models.Model):
    _inherit = "pos.order"

    tibillet_split_ids = fields.One2many("tibillet.order.line.split", "order_id", "Paid with", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        # A venue's order is born open: action_pos_order_paid alone pays it, where it is counted and its cards captured.
        for vals in vals_list:
            session = self.env["pos.session"].browse(vals.get("session_id"))
            if vals.get("state") in PAID and session.company_id.tibillet_place_id:
                vals["state"] = "draft"
        return super().create(vals_list)

    def write(self, vals):
        by_hand = vals.get("state") in PAID and self.env.context.get("tibillet_paid") is not PAID_HERE
        if by_hand and any(order.state not in PAID and order.company_id.tibillet_place_id for order in self):
            raise UserError(self.env._("An order is paid at its till: validate it there."))
        return super().write(vals)

    @api.constrains("state")
    def _check_tibillet_captured(self):
        paid = self.filtered(lambda order: order.state in PAID)
        paid.payment_ids._check_tibillet_capture()
        paid.payment_ids._check_tibillet_gift_captured()
        paid.lines._check_tibillet_credited()

    def action_pos_order_paid(self):
        self.ensure_one()
        if self.state == "draft":
            self._tibillet_post()
        self._check_tibillet_totals()
        self.lines._check_tibillet_refunds()
        self._check_tibillet_gift_back()
        result = super(PosOrder, self.with_context(tibillet_paid=PAID_HERE)).action_pos_order_paid()
        self.env["tibillet.order.line.split"]._of_orders(self)
        return result

    def action_pos_order_cancel(self):
        result = super().action_pos_order_cancel()
        orders = self.browse(self.env.context.get("active_ids") or self.ids)
        orders.filtered(lambda order: order.state == "cancel").payment_ids._tibillet_release()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_tibillet_release(self):
        self.payment_ids._tibillet_release()

    def _tibillet_post(self):
        """Post this order's captures, refunds and top-ups in one call of the ledger, or refuse the order.

        :raise UserError: a sentence for the cashier; nothing is posted
        """
        payments = self.payment_ids._tibillet_nfc()
        top_ups = self.lines._tibillet_top_ups()
        if (
            not payments
            and not top_ups
            and not (self.lines._tibillet_priced_in_units() or self.lines._tibillet_gifts())
        ):
            return
        if not self.company_id.tibillet_place_id:
            raise UserError(self.env._("This venue has no place yet: open it from TiBillet, Places."))
        self._check_tibillet_mix(payments, top_ups)
        requests = payments._tibillet_requests() + top_ups._tibillet_requests()
        requests += self._tibillet_unit_requests() + self._tibillet_gift_requests()
        if not requests:
            return
        try:
            self.env["tibillet.ledger.transaction"]._post(requests)
        except ledger.LedgerError as error:
            raise UserError(self._tibillet_refused(error)) from error

    def _check_tibillet_mix(self, payments, top_ups):
        """A card is not filled with what it holds, and a top-up is no sale to invoice."""
        filled = sum(max(line._tibillet_price(), 0.0) for line in top_ups)
        by_card = sum(payment.amount for payment in payments if payment.amount > 0)
        rest = sum(line._tibillet_price() for line in self.lines) - filled
        if filled and by_card and self.currency_id.compare_amounts(by_card, rest) > 0:
            raise UserError(self.env._("A top-up is paid in cash or by bank card, not with a card's balance."))
        if filled and self.currency_id.compare_amounts(rest, 0) < 0:
            raise UserError(
                self.env._("What comes back does not pay a top-up: refund it in an order of its own, then top up.")
            )
        if top_ups and self.to_invoice:
            raise UserError(self.env._("A top-up is not a sale: it cannot be invoiced. Untick Invoice."))

    def _tibillet_refused(self, error):
        """What a ledger's refusal means to a cashier."""
        match error:
            case ledger.Insufficient():
                lack = self.currency_id.format(error.missing / 10**self.currency_id.decimal_places)
                return self.env._("The card lacks %(amount)s for this.", amount=lack)
            case ledger.CeilingPassed():
                return self.env._("This passes the highest balance that a card may hold.")
            case ledger.HoldMismatch():
                return self.env._("This tap has already paid another order. Delete the line and tap the card again.")
            case ledger.KeyConflict():
                return self.env._("This payment was already made, for something else. Delete its line and start again.")
            case _:
                return self.env._("The ledger refused this payment. Delete its line and tap the card again.")

    # --- orders that come late or too late --------------------------------------------------------------------------

    @api.model
    def sync_from_ui(self, orders):
        for order in orders:
            self._tibillet_release_ignored(order)
        return super().sync_from_ui(orders)

    def _tibillet_release_ignored(self, order):
        """Another device paid or cancelled this order first: what this one held for it is given back."""
        known = self._get_open_order(order)
        if not known or known.state == "draft":
            return
        kept = set(known.payment_ids.mapped("tibillet_hold"))
        kept |= {key for payment in known.payment_ids for key in payment._tibillet_unit_keys()}
        kept |= set(known.payment_ids.mapped("tibillet_gift_hold"))
        payments = [command[2] for command in order.get("payment_ids") or [] if command[0] in (0, 1)]
        sent = {payment.get(name) for payment in payments for name in ("tibillet_hold", "tibillet_gift_hold")}
        sent |= {key for payment in payments for key in (payment.get("tibillet_unit_holds") or "").split(",")}
        holds = ledger.holds(self.env.cr, [key for key in sent - kept if key])
        tills = known.config_id | known.config_id.trusted_config_ids
        for hold in holds.values():
            session = self.env["pos.session"].sudo().browse(owner_session_id(hold.owner)).exists()
            if session.config_id in tills:
                ledger.release(self.env.cr, hold.key)

    @api.model
    def _tibillet_is_tapped(self, order):
        """Whether a customer's card has paid a part of an order that a till sends: at that till, by a hold of that line."""
        payments = [command[2] for command in order.get("payment_ids") or [] if command[0] in (0, 1)]
        tapped = [payment for payment in payments if isinstance(payment.get("tibillet_hold"), str)]
        named = {payment["tibillet_hold"]: payment.get("uuid") or "" for payment in tapped}
        config = self.env["pos.session"].browse(order.get("session_id")).sudo().exists().config_id
        for hold in ledger.holds(self.env.cr, list(named)).values():
            session = self.env["pos.session"].sudo().browse(owner_session_id(hold.owner)).exists()
            its_own = named[hold.key] and hold.key.startswith(payment_key(named[hold.key]))
            if its_own and session.config_id in config | config.trusted_config_ids:
                return True
        return False

    def _get_valid_session(self, order):
        """An order whose card was tapped is never refused for coming late: a rescue session takes it."""
        try:
            return super()._get_valid_session(order)
        except UserError:
            if not self._tibillet_is_tapped(order):
                raise
            return self.env["pos.session"].browse(order["session_id"])._tibillet_rescue()
