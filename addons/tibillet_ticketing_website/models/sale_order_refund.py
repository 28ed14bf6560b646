from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.tibillet_base import ledger


class SaleOrder(models.Model):
    """What goes back for tickets that were cancelled: off the order, to the payments or to the buyer's wallet, in the books."""

    _inherit = "sale.order"

    def _tibillet_give_back_tickets(self, prices, to):
        """Take cancelled tickets off this order and send back their prices; returns the amount (float).

        :param prices: {event.registration: float}
        """
        self.ensure_one()
        if self.state != "sale":
            return 0.0
        if to == "keep":
            for ticket in prices:
                ticket.write({"tibillet_refund_to": "keep"})
            return 0.0
        paid = self._tibillet_paid()
        amount = min(self.currency_id.round(sum(prices.values())), paid)
        self._tibillet_shrink(prices)
        if not amount:
            return 0.0
        where = self._tibillet_to_wallet(amount, prices) if to == "wallet" else self._tibillet_to_payments(amount)
        for ticket, price in prices.items():
            ticket.write({"tibillet_refund_amount": price, "tibillet_refund_to": where})
        return amount

    def _tibillet_paid(self):
        """What was paid online for this order and not given back yet (float)."""
        return sum(tx._tibillet_given_left() for tx in self.transaction_ids) - self._tibillet_wallet_given()

    def _tibillet_wallet_given(self):
        attendees = self.order_line.registration_ids.filtered(lambda ticket: ticket.tibillet_refund_to == "wallet")
        return sum(attendees.mapped("tibillet_refund_amount"))

    def _tibillet_shrink(self, prices):
        """The order holds the tickets that are left, and their part of its discounts; what was invoiced is credited."""
        was_locked = self.locked
        if was_locked:
            self.action_unlock()
        full = sum((self.order_line - self._tibillet_discounts()).mapped("price_total"))
        gone = 0.0
        for ticket in prices:
            line = ticket.sale_order_line_id
            gone += line.price_total / line.product_uom_qty
            line.product_uom_qty -= 1
        if full:
            self._tibillet_shrink_discounts(gone / full)
        if was_locked:
            self.action_lock()
        if any(line.qty_to_invoice < 0 for line in self.order_line):
            self._create_invoices(final=True).action_post()

    def _tibillet_discounts(self):
        """The order's discounts, and what was taken off them for cancelled tickets (sale.order.line)."""
        products = self.order_line.filtered(lambda line: line.price_total < 0).product_id
        return self.order_line.filtered(lambda line: line.product_id in products)

    def _tibillet_shrink_discounts(self, part):
        """A line against each discount for the `part` (0..1) that went with the cancelled tickets."""
        for product, lines in self._tibillet_discounts().grouped("product_id").items():
            line = lines[:1]
            line.create(
                {
                    "order_id": self.id,
                    "product_id": product.id,
                    "name": self.env._("%s: cancelled tickets", line.name),
                    "product_uom_qty": 1,
                    "price_unit": -part * sum(line.price_unit * line.product_uom_qty for line in lines),
                    "discount": 0,
                    "tax_ids": [Command.set(line.tax_ids.ids)],
                }
            )

    def _tibillet_to_payments(self, amount):
        """Ask the providers back for `amount`, the newest payment first; what none gives back is for a person to do."""
        for tx in self.transaction_ids.sorted("id", reverse=True):
            part = min(amount, tx._tibillet_given_left()) if tx._tibillet_may_refund() else 0.0
            if self.currency_id.compare_amounts(part, 0) > 0:
                tx._create_child_transaction(part, is_refund=True, tibillet_state="returning")
                amount -= part
        self.env.ref("tibillet_payment.cron_give_back")._trigger()
        if self.currency_id.is_zero(amount):
            return "payment"
        self._tibillet_ask_a_person(amount)
        return "hand"

    def _tibillet_ask_a_person(self, amount):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Give back %s", self.currency_id.format(amount)),
            note=self.env._("Tickets were cancelled, and no payment of this order can be given back by itself."),
            user_id=(self.user_id or self.order_line.event_id.user_id[:1] or self.env.ref("base.user_admin")).id,
        )

    def _tibillet_to_wallet(self, amount, prices):
        """Put `amount` on the buyer's wallet, in the venue's own money; ledger and books."""
        asset = self._tibillet_asset()
        if not asset:
            raise UserError(self.env._("%s has no money of its own for a wallet.", self.company_id.name))
        holder = self._tibillet_holder()
        if not holder:
            raise UserError(self.env._("No wallet opens for this buyer's address. Have it paid back instead."))
        wallet = self.env["tibillet.wallet"].sudo()._for_partner(holder)
        cents, place = asset._minor(amount), asset.place_id
        key = f"ticket.refund:{min(prices.keys(), key=lambda ticket: ticket.id).id}"
        lines = (ledger.Line(wallet.id, asset.id, cents), ledger.Line(place.wallet_id.id, asset.id, -cents))
        try:
            self.env["tibillet.ledger.transaction"].sudo()._post([ledger.Entry(key, "top_up", place.id, lines)])
        except ledger.CeilingPassed as error:
            raise UserError(self.env._("This wallet may not hold as much. Have it paid back instead.")) from error
        self._tibillet_book_on_customer([key])
        return "wallet"

    def _tibillet_holder(self):
        """Whose wallet (res.partner) the buyer opens by signing in: who buys without an account is another partner each time."""
        buyer = self.partner_id
        if buyer.user_ids.filtered("active"):
            return buyer
        address = email_normalize(buyer.email or "")
        if not address:
            return buyer.browse()
        link = self.env["tibillet.login.link"].sudo().new({"email": address})
        return (link._user() or link._staff()).partner_id

    def _tibillet_asset(self):
        """The money that this company's place issues (tibillet.asset, sudo)."""
        assets = self.env["tibillet.asset"].sudo()
        mine = [("kind", "=", "money"), ("place_id.company_id", "=", self.company_id.id)]
        return assets.search([*mine, ("currency_id", "=", self.currency_id.id)], limit=1, order="id")

    def _tibillet_book_on_customer(self, keys):
        """Dr or Cr 4191 against the buyer's account, settled there with invoices and payments."""
        partner = self.partner_invoice_id.commercial_partner_id.with_company(self.company_id)
        booking = self.env["tibillet.booking"]._of_closing(self.company_id, keys[0], self.name)
        booking._post_operations(keys, partner.property_account_receivable_id, partner)
        self._tibillet_settle()

    def _tibillet_settle(self):
        """Reconcile what this order left open on the buyer's account: invoices, credit notes, payments, refunds."""
        txs = self.transaction_ids | self.transaction_ids.child_transaction_ids
        origins = [f"ticket.refund:{ticket.id}" for ticket in self.order_line.registration_ids]
        bookings = self.env["tibillet.booking"].sudo().search([("origin", "in", origins)])
        txs._tibillet_settle_moves(self.invoice_ids | bookings.move_ids)
