import uuid
from collections import Counter
from contextlib import suppress

from odoo.exceptions import ValidationError
from odoo.http import request, route

from odoo.addons.tibillet_ticketing.exceptions import SeatsGone
from odoo.addons.tibillet_website.controllers.private import private
from odoo.addons.website_event_sale.controllers.main import WebsiteEventSaleController

KEY = "tibillet_seat_key"
REFUSAL = "tibillet_not_booked"


class TooMany(Exception):
    """What this event does not sell in one order."""


class SeatsOnTheWeb(WebsiteEventSaleController):
    """Seats are held from the moment somebody has chosen them; Odoo's own pages do the rest.

    A hold is committed by itself and seen by requests that begin after it: chosen in one request, taken in the next.
    """

    def _seat_key(self):
        """The key under which this visitor holds seats: their cart's, else one of their own (str)."""
        key = request.cart.tibillet_seat_key or request.session.get(KEY)
        if not key:
            key = request.session[KEY] = str(uuid.uuid4())
        return key

    def _as_holder(self, event):
        """The event as whoever has the key sees it: what they hold is free to them, here and in their cart."""
        key = self._seat_key()
        request.update_context(tibillet_seat_key=key)
        request.website = request.website.with_context(tibillet_seat_key=key)
        request.cart = request.cart.with_context(tibillet_seat_key=key)
        return event.with_context(tibillet_seat_key=key)

    def _hold(self, event, chosen):
        """Hold `chosen` beside what the cart holds at this event already.

        :param chosen: {(slot id or None, ticket id or None): seats}
        :raise SeatsGone: somebody was faster; nothing changed
        :raise TooMany: more than one order may hold of a price, or a slot of another event
        """
        prices = {price.id: price.limit_max_per_order for price in event.sudo().event_ticket_ids}
        slots = {None, *event.sudo().event_slot_ids.ids}
        for (slot, ticket), seats in chosen.items():
            if slot not in slots or seats > (prices.get(ticket) or event.EVENT_MAX_TICKETS):
                raise TooMany
        wanted = Counter({(event.id, slot, ticket): seats for (slot, ticket), seats in chosen.items()})
        wanted += request.cart._tibillet_wanted()
        request.env["tibillet.seat.hold"].sudo()._hold(self._seat_key(), wanted)

    @route()
    def registration_new(self, event, **post):
        event = self._as_holder(event)
        tickets = self._process_tickets_form(event, post)
        asked = str(post.get("event_slot_id") or "")
        slot = int(asked) if asked.isdecimal() else None
        # Odoo's form says itself that an order asks for more than it may.
        with suppress(TooMany):
            try:
                self._hold(event, {(slot, ticket["id"] or None): ticket["quantity"] for ticket in tickets})
            except SeatsGone as gone:
                values = {"event": event, "sentence": gone.args[0]}
                return request.env["ir.ui.view"]._render_template("tibillet_ticketing_website.seats_gone", values)
        return super().registration_new(event, **post)

    @route()
    def registration_confirm(self, event, **post):
        event = self._as_holder(event)
        attendees = self._process_attendees_form(event, post)
        chosen = Counter((one.get("event_slot_id") or None, one.get("event_ticket_id") or None) for one in attendees)
        try:
            self._hold(event, chosen)
        except (SeatsGone, TooMany):
            return request.redirect(f"/event/{event.id}/register?registration_error_code=insufficient_seats")
        # The attendees take seats that were held after this request began: it begins anew.
        request.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            with request.env.cr.savepoint():
                response = super().registration_confirm(event, **post)
        except ValidationError as refusal:
            # Such as a limit per person: said by another request, since this one's cart may be undone with it.
            request.session[REFUSAL] = refusal.args[0]
            return request.redirect(f"/event/{event.id}/refused")
        # From here on the seats are the order's, or taken; refused or run again, they stay this visitor's.
        request.session.pop(KEY, None)
        return response

    @route("/event/<model('event.event'):event>/refused", type="http", auth="public", website=True, sitemap=False)
    def refused(self, event, **_query):
        sentence = request.session.pop(REFUSAL, None)
        if not sentence:
            return request.redirect(f"/event/{event.id}/register")
        return private(
            request.render("tibillet_ticketing_website.refused", {"event": event, "sentence": sentence}, status=409)
        )

    def _create_attendees_from_registration_post(self, event, registration_data):
        key = self._seat_key()
        for values in registration_data:
            values["tibillet_seat_key"] = key
        attendees = super()._create_attendees_from_registration_post(event, registration_data)
        if order := attendees.sale_order_id:
            order.tibillet_seat_key = key
        return attendees
