from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.tibillet_base import ledger

from ..const import TERMINAL, hold_keys, hold_payload, owner_session_id, payment_key
from ..posted import posted_to_place

# By how much the clocks of the server and of its database may differ.
CLOCKS = timedelta(seconds=2)

PROTECTED = {
    "amount",
    "payment_method_id",
    "pos_order_id",
    "uuid",
    "tibillet_gift",
    "tibillet_gift_hold",
    "tibillet_hold",
    "tibillet_unit_holds",
    "tibillet_card",
    "tibillet_refunded",
}


def give_back(lines, already, amount):
    """Split a refund over the assets of a payment, last debited first.

    :param lines: (asset_id, amount) in the order of debit
    :param int already: what was given back before
    :return: list of (asset_id, amount)
    """
    parts = []
    for asset, debited in reversed(lines):
        skipped = min(already, debited)
        part = min(amount, debited - skipped)
        already -= skipped
        amount -= part
        if part:
            parts.append((asset, part))
    return parts


class PosPayment(models.Model):
    _inherit = "pos.payment"

    tibillet_hold = fields.Char(
        "Card hold",
        copy=False,
        index="btree_not_null",
        help="What the tap reserved; on a refund, what the refunded tap had reserved.",
    )
    tibillet_card = fields.Char("Card", copy=False, help="Printed number of the card.")
    tibillet_refunded = fields.Integer("Given back", readonly=True, copy=False, help="In the smallest unit.")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("tibillet_refunded", None)
        payments = super().create(vals_list)
        payments._check_tibillet_filled()
        return payments

    def write(self, vals):
        if not PROTECTED.isdisjoint(vals):
            self._check_tibillet_open()
        # The server alone counts what was given back, in SQL.
        vals = {name: value for name, value in vals.items() if name != "tibillet_refunded"}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_captured(self):
        self._check_tibillet_open()
        self._tibillet_release()

    def _check_tibillet_open(self):
        """A card payment of a paid order stands in the ledger: it is refunded, never edited."""
        if self._tibillet_nfc().pos_order_id.filtered(lambda order: order.state in ("paid", "done")):
            raise UserError(self.env._("A card payment of a paid order cannot be changed. Refund the order instead."))
        self._check_tibillet_filled()

    def _check_tibillet_filled(self):
        """What a filled card was paid by stays: the money is on the card."""
        if self.pos_order_id.filtered(lambda order: order.state in ("paid", "done")).lines._tibillet_top_ups():
            raise UserError(self.env._("What paid a top-up cannot be changed. Refund the order instead."))

    @api.constrains("amount", "payment_method_id", "pos_order_id", "uuid", "tibillet_hold", "tibillet_card")
    def _check_tibillet_capture(self):
        """Each card payment of a paid order is captured once, whole."""
        paid = self._tibillet_nfc().filtered(lambda payment: payment.pos_order_id.state in ("paid", "done"))
        if not paid:
            return
        captured = paid._tibillet_captured()
        for payment in paid:
            if (captured[payment.id] or 0) != payment._tibillet_minor():
                raise ValidationError(payment._tibillet_no_tap())

    def _tibillet_nfc(self):
        """The payments made by tapping a card."""
        return self.filtered(lambda payment: payment.payment_method_id.use_payment_terminal == TERMINAL)

    def _tibillet_minor(self):
        """The amount in the currency's smallest unit."""
        return round(self.amount * 10**self.currency_id.decimal_places)

    def _tibillet_captured(self):
        """What the ledger moved to the venue for each payment: {id: minor units}, negative for a refund."""
        amounts = posted_to_place(self.env.cr, [payment_key(payment.uuid) for payment in self])
        return {payment.id: amounts.get(payment_key(payment.uuid)) for payment in self}

    # --- requests to the ledger -------------------------------------------------------------------------------------

    def _tibillet_requests(self):
        """What the ledger is asked for these card payments: captures, and refunds of negative ones.

        :raise UserError: a payment has no tap behind it, or another's
        """
        holds = ledger.holds(self.env.cr, [key for key in self.mapped("tibillet_hold") if key])
        return [
            payment._tibillet_refund(holds) if payment._tibillet_minor() < 0 else payment._tibillet_capture(holds)
            for payment in self
            if payment._tibillet_minor()
        ]

    def _tibillet_capture(self, holds):
        """Capture of this payment's hold, once it is proven to be this payment's."""
        return self._tibillet_capture_of(holds.get(self.tibillet_hold), self.uuid, self._tibillet_minor())

    def _tibillet_capture_of(self, hold, uuid, amount):
        """Capture of a hold that was taken for `uuid`, for `amount` in minor units."""
        order = self.pos_order_id
        if hold is None or hold.key not in hold_keys(uuid):
            raise UserError(self._tibillet_no_tap())
        session = self.env["pos.session"].sudo().browse(owner_session_id(hold.owner)).exists()
        late = hold.state == "released" and self._tibillet_given_back_by_closing(hold, session)
        if hold.state == "released" and not late:
            raise UserError(self.env._("This card payment was cancelled. Delete its line and tap the card again."))
        if session.config_id not in order.config_id | order.config_id.trusted_config_ids:
            raise UserError(self._tibillet_foreign())
        if hold.amount != amount:
            raise UserError(self._tibillet_other_amount(hold.amount))
        place = order.company_id.tibillet_place_id
        try:
            # Asked again with nothing to draw on, the ledger answers the hold that this very request made, or refuses.
            ledger.hold(
                self.env.cr,
                hold.key,
                hold.wallet_id,
                amount,
                (),
                place.id,
                hold.owner,
                hold_payload(order.uuid, self.tibillet_card),
            )
        except ledger.LedgerError as error:
            raise UserError(self._tibillet_foreign()) from error
        return ledger.Capture(payment_key(uuid), hold.key, amount, place.wallet_id.id, place.id, late=late)

    def _tibillet_given_back_by_closing(self, hold, session):
        """Whether a hold was given back because its till closed, not because its payment was cancelled before."""
        if session.state not in ("closing_control", "closed"):
            return False
        self.env.cr.execute("SELECT closed_at FROM tibillet_ledger_hold WHERE id = %s", [hold.id])
        [closed_at] = self.env.cr.fetchone()
        return not session.stop_at or closed_at > session.stop_at - CLOCKS

    def _tibillet_refund(self, holds):
        """Entry that gives back part of a former payment: the same card, the same assets."""
        order = self.pos_order_id
        refunded = (
            self.search(
                [
                    ("tibillet_hold", "=", self.tibillet_hold),
                    ("amount", ">", 0),
                    ("payment_method_id.use_payment_terminal", "=", TERMINAL),
                    ("pos_order_id", "in", order.lines.refunded_orderline_id.order_id.ids),
                ],
                limit=1,
            )
            if self.tibillet_hold
            else self
        )
        hold = holds.get(self.tibillet_hold)
        if hold is None or hold.state != "captured" or not refunded:
            raise UserError(self.env._("The refunded order was not paid with this card. Give the money back in cash."))
        amount = -self._tibillet_minor()
        taken = refunded._tibillet_take_back(amount)
        # What came back in cash was money: the rest is the gift credit that was debited first.
        already = min(taken + order._tibillet_paid_out(), refunded._tibillet_minor() - amount)
        wallet = refunded._tibillet_wallet_back(hold)
        self.tibillet_card = refunded.tibillet_card
        place = order.company_id.tibillet_place_id
        lines = []
        for asset, part in give_back(hold.lines, already, amount):
            lines += [ledger.Line(place.wallet_id.id, asset, -part), ledger.Line(wallet.id, asset, part)]
        return ledger.Entry(payment_key(self.uuid), "refund", place.id, tuple(lines))

    def _tibillet_wallet_back(self, hold):
        """The wallet (sudo) where a refund of this payment goes: that of the card that paid.

        :raise UserError: the card takes nothing any more
        """
        card = self.env["tibillet.card"].sudo().search([("number", "=", self.tibillet_card)])
        refusal = card._refusal()
        if refusal:
            raise UserError(self.env._("%(why)s Give the money back in cash.", why=refusal[1]))
        return card._wallet()

    def _tibillet_take_back(self, amount):
        """Count a refund on the payment that it undoes, and return what was given back before (minor units).

        The row is written, so that of two refunds at once the second starts again and sees the first.
        """
        self.env.cr.execute(
            """UPDATE pos_payment SET tibillet_refunded = coalesce(tibillet_refunded, 0) + %s
                WHERE id = %s AND coalesce(tibillet_refunded, 0) + %s <= %s RETURNING tibillet_refunded""",
            [amount, self.id, amount, self._tibillet_minor()],
        )
        row = self.env.cr.fetchone()
        self.invalidate_recordset(["tibillet_refunded"])
        if row is None:
            raise UserError(self.env._("This is more than what was paid with card %(card)s.", card=self.tibillet_card))
        return row[0] - amount

    def _tibillet_release(self):
        """Give back what these payments hold; what is captured stays."""
        for payment in self._tibillet_nfc():
            if payment.tibillet_hold in hold_keys(payment.uuid):
                ledger.release(self.env.cr, payment.tibillet_hold)

    # --- words ------------------------------------------------------------------------------------------------------

    def _tibillet_no_tap(self):
        return self.env._(
            "No card was tapped for the payment of %(amount)s. Delete its line, then tap the card or take another payment.",
            amount=self.currency_id.format(self.amount),
        )

    def _tibillet_foreign(self):
        return self.env._("This card was tapped for another order. Delete the line and tap the card again.")

    def _tibillet_other_amount(self, held):
        return self.env._(
            "The card was tapped for %(held)s, not for %(amount)s. Delete the line and tap the card again.",
            held=self.currency_id.format(held / 10**self.currency_id.decimal_places),
            amount=self.currency_id.format(self.amount),
        )
