from odoo.http import request

from odoo.addons.website_event_sale.controllers.payment import PaymentPortalOnsite


class PayForSeats(PaymentPortalOnsite):
    def _validate_transaction_for_order(self, transaction, sale_order):
        """Its seats were held anew in this request (``_check_cart_is_ready_to_be_paid``): they are there."""
        if sale_order.tibillet_seat_key:
            request.update_context(tibillet_seats_held=True)
        return super()._validate_transaction_for_order(transaction, sale_order)
