from datetime import UTC

from odoo import fields, models
from odoo.tools.json import scriptsafe

SCHEMA = "https://schema.org"


class EventEvent(models.Model):
    _inherit = "event.event"

    def _tibillet_json_ld(self):
        """What the page says of the event to machines: JSON that is safe inside a script."""
        return scriptsafe.dumps(self._tibillet_structured_data())

    def _tibillet_structured_data(self):
        """The event in schema.org's words (dict)."""
        self.ensure_one()
        event = self.sudo()
        [whole] = event._tibillet_lines(())
        data = {
            "@context": SCHEMA,
            "@type": "Event",
            **_moments(whole),
            "description": whole.subtitle or whole.description or whole.name,
            "eventAttendanceMode": f"{SCHEMA}/{'Offline' if event.address_id else 'Online'}EventAttendanceMode",
            "location": event._tibillet_structured_location(),
            "offers": event._tibillet_structured_offers(),
            "organizer": event._tibillet_structured_organizer(),
        }
        if whole.image:
            data["image"] = [whole.image]
        if event.is_multi_slots and event.event_slot_ids:
            data["subEvent"] = [
                {"@type": "Event", **_moments(line), "location": data["location"]} for line in event._tibillet_entries()
            ]
        return {name: value for name, value in data.items() if value}

    def _tibillet_structured_location(self):
        address = self.address_id
        if not address:
            return {"@type": "VirtualLocation", "url": self.event_url or self.website_absolute_url}
        postal = {
            "streetAddress": ", ".join(filter(None, (address.street, address.street2))),
            "postalCode": address.zip,
            "addressLocality": address.city,
            "addressRegion": address.state_id.name,
            "addressCountry": address.country_id.code,
        }
        place = {
            "@type": "Place",
            "name": address.name or address.display_name,
            "address": {"@type": "PostalAddress", **{name: value for name, value in postal.items() if value}},
        }
        if address.partner_latitude or address.partner_longitude:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": address.partner_latitude,
                "longitude": address.partner_longitude,
            }
        return place

    def _tibillet_structured_organizer(self):
        organizer = self.organizer_id
        if not organizer:
            return None
        url = organizer.website or self.get_base_url()
        return {"@type": "Organization", "name": organizer.name, "url": url}

    def _tibillet_structured_offers(self):
        """One offer a price that is sold or will be; an event without prices is free."""
        tickets = self.event_ticket_ids.filtered(lambda ticket: not ticket.is_expired)
        if self.event_ticket_ids or self.is_done:
            return [self._tibillet_structured_offer(ticket) for ticket in tickets]
        return [self._tibillet_structured_offer(tickets)]

    def _tibillet_structured_offer(self, ticket):
        since = (ticket.start_sale_datetime or self.create_date).replace(tzinfo=UTC, microsecond=0)
        # Where nothing sells (no addon of prices), a ticket is free.
        price = ticket.price_incl if "price_incl" in ticket._fields else 0
        currency = (self.company_id or self.env.company).currency_id
        offer = {
            "@type": "Offer",
            "name": ticket.name or self.name,
            "price": f"{price or 0:.{currency.decimal_places}f}",
            "priceCurrency": currency.name,
            "availability": f"{SCHEMA}/{'InStock' if self._tibillet_has_seats(ticket) else 'SoldOut'}",
            "validFrom": since.isoformat(),
            "url": self.event_register_url,
        }
        if ticket.end_sale_datetime:
            offer["validThrough"] = ticket.end_sale_datetime.replace(tzinfo=UTC).isoformat()
        return offer

    def _tibillet_has_seats(self, ticket):
        """Whether a seat is left at this price, in a slot to come where there are slots."""
        if not self.is_multi_slots:
            return self._seats_left(ticket=ticket) != 0
        now = fields.Datetime.now()
        slots = self.event_slot_ids.filtered(lambda slot: slot.start_datetime > now)
        return any(self._seats_left(slot, ticket) != 0 for slot in slots)


def _moments(entry):
    """What an event and each of its slots say alike (dict)."""
    return {
        "name": entry.name,
        "url": entry.url,
        "startDate": entry.start.isoformat(),
        "endDate": entry.end.isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if entry.cancelled else 'EventScheduled'}",
    }
