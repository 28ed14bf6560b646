import json
from datetime import UTC

import pytz

from odoo import fields, models
from odoo.tools.mail import html_to_inner_content
from odoo.tools.urls import urljoin

from ..agenda import Entry, Tag, calendar

DESCRIPTION_LENGTH = 2000


class EventEvent(models.Model):
    _inherit = "event.event"

    tibillet_in_federation = fields.Boolean(
        "Show in the federation's agenda",
        default=True,
        help="Once published, the other places of the federation may tell it on their websites.",
    )

    def _tibillet_entries(self):
        """What the agenda says of these events (list of Entry): each slot of an event that has several is one.

        For events that the asker may see: reads as superuser, and gives what is public of them.
        """
        entries = []
        for event in self.sudo():
            entries += event._tibillet_lines(event.event_slot_ids if event.is_multi_slots else ())
        return entries

    def _tibillet_lines(self, slots):
        """One Entry for each of `slots`; where there are none, one for the event."""
        number = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        zone = pytz.timezone(self.date_tz or "UTC")
        told = self._tibillet_told()
        lines = []
        for slot in slots or [self.env["event.slot"]]:
            start, end = slot.start_datetime or self.date_begin, slot.end_datetime or self.date_end
            written = [each.write_date for each in (self, slot, self.address_id) if each.write_date]
            lines.append(
                Entry(
                    uid=f"event-{self.id}{f'-{slot.id}' if slot else ''}@{number}",
                    event_id=self.id,
                    start=pytz.utc.localize(start).astimezone(zone),
                    end=pytz.utc.localize(end).astimezone(zone),
                    zone=zone.zone,
                    modified=max(written).replace(tzinfo=UTC),
                    created=self.create_date.replace(tzinfo=UTC),
                    **told,
                )
            )
        return lines

    def _tibillet_told(self):
        """What every slot of the event says alike (dict of Entry's fields)."""
        website = self.env["website"].get_current_website()
        is_here = self.company_id in (website.company_id, website.company_id.browse())
        cover = self._tibillet_cover()
        address, place = self.address_id, self.tibillet_place_id
        town = " ".join(filter(None, (address.zip, address.city)))
        is_known = address.partner_latitude or address.partner_longitude
        return {
            "name": self.name,
            "url": self._tibillet_home(),
            "path": self.website_url if is_here else "",
            "subtitle": self.subtitle or "",
            "description": html_to_inner_content(self.description or "")[:DESCRIPTION_LENGTH],
            "cancelled": self.kanban_state == "cancel",
            "place": place.name if place and place.company_id == self.company_id else "",
            "venue": address.name or "",
            "address": ", ".join(filter(None, (address.street, address.street2, town))),
            "city": address.city or "",
            "latitude": address.partner_latitude if is_known else None,
            "longitude": address.partner_longitude if is_known else None,
            "image": self._tibillet_whole(cover),
            "cover": cover if is_here else self._tibillet_whole(cover),
            "tags": tuple(Tag(tag.id, tag.name) for tag in self.tag_ids if website._tibillet_tells(tag)),
        }

    def _tibillet_home(self):
        """Where to read of the event and book: its page; where its company has no website here, its place's own."""
        has_site = not self.company_id or self.website_id or self.company_id.website_id
        elsewhere = self.tibillet_place_id.url if self.tibillet_place_id.company_id == self.company_id else ""
        return self.website_absolute_url if has_site or not elsewhere else elsewhere

    def _tibillet_cover(self):
        """Address of the cover, within the event's own website or whole; empty when it has none."""
        cover = json.loads(self.cover_properties or "{}").get("background-image", "none")
        path = cover.removeprefix("url(").removesuffix(")").strip("'\"")
        return "" if path == "none" else path

    def _tibillet_whole(self, path):
        """A whole address of what stands in the event's own website."""
        return path if not path or path.startswith(("http://", "https://")) else urljoin(self.get_base_url(), path)

    def _get_ics_file(self, slot=False):
        """As in the agenda: a calendar that follows it and a file that was taken from the page meet under one number."""
        files = {}
        for event in self:
            is_own = slot and slot.event_id == event
            files[event.id] = calendar(event.sudo()._tibillet_lines(slot) if is_own else event._tibillet_entries())
        return files
