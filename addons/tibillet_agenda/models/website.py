from datetime import UTC, timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from ..agenda import Filters, Tag


class Website(models.Model):
    _inherit = "website"

    tibillet_agenda_federation = fields.Boolean(
        "Show the federation's events",
        default=True,
        help="The agenda also tells the events of the places that share a federation with this website's.",
    )
    tibillet_agenda_tag_ids = fields.Many2many(
        "event.tag",
        "tibillet_agenda_tag_rel",
        string="Only these tags",
        help="Of the other places' events, those that have one of these tags. Empty: all of them.",
    )
    tibillet_agenda_without_tag_ids = fields.Many2many(
        "event.tag",
        "tibillet_agenda_without_tag_rel",
        string="Without these tags",
        help="Of the other places' events, none that has one of these tags.",
    )
    tibillet_agenda_without_place_ids = fields.Many2many(
        "tibillet.place",
        "tibillet_agenda_without_place_rel",
        string="Without these places",
        help="No event of these places.",
    )

    def get_suggested_controllers(self):
        return [
            *super().get_suggested_controllers(),
            (self.env._("Agenda"), self.env["ir.http"]._url_for("/agenda"), "tibillet_agenda"),
        ]

    def _tibillet_agenda_today(self):
        """The day that it is at the venue."""
        return self.company_id._tibillet_local(fields.Datetime.now()).date()

    def _tibillet_agenda_partners(self):
        """The places whose events this website tells beside its own: members, by their own word, of one federation."""
        website = self.sudo()
        own = website.company_id.tibillet_place_id
        if not website.tibillet_agenda_federation or not own.active:
            return own.browse()
        federations = own.federation_ids.filtered("active")
        places = federations._members().place_id.filtered(lambda place: place.active and place.company_id)
        return places - own - website.tibillet_agenda_without_place_ids

    def _tibillet_agenda_domain(self):
        """Which events this website tells to anybody (Domain): the agenda reads as superuser, so this is its only guard.

        An event is told by the place of its own company: who may write events of one company cannot lend them to
        another's place.
        """
        self.ensure_one()
        website = self.sudo()
        own = Domain("company_id", "in", [False, website.company_id.id]) & Domain("website_id", "in", [False, self.id])
        theirs = Domain.OR(
            Domain("tibillet_place_id", "=", place.id) & Domain("company_id", "=", place.company_id.id)
            for place in self._tibillet_agenda_partners()
        )
        theirs &= Domain("tibillet_in_federation", "=", True)
        if website.tibillet_agenda_tag_ids:
            theirs &= Domain("tag_ids", "in", website.tibillet_agenda_tag_ids.ids)
        if website.tibillet_agenda_without_tag_ids:
            theirs &= Domain("tag_ids", "not in", website.tibillet_agenda_without_tag_ids.ids)
        public = Domain("active", "=", True) & Domain("is_published", "=", True)
        return public & Domain("website_visibility", "=", "public") & (own | theirs)

    def _tibillet_agenda_events(self, domain=Domain.TRUE, **options):
        """Events that anybody may see here, as superuser; `options` are those of `search`."""
        options.setdefault("order", "date_begin, id")
        events = self.env["event.event"].with_context(website_id=self.id).sudo()
        return events.search(self._tibillet_agenda_domain() & domain, **options)

    def _tibillet_agenda(self, filters=None, since=None):
        """What `filters` ask (list of Entry), by time; what ended before `since` (naive UTC, now) is left out."""
        filters = filters or Filters()
        since = since or fields.Datetime.now()
        domain = Domain("date_end", ">", since) & self._tibillet_asked(filters)
        span = filters.span(self._tibillet_agenda_today())
        if span:
            # A day of margin: each event has its own clock.
            domain &= Domain("date_begin", "<", fields.Datetime.to_datetime(span[1]) + timedelta(days=2))
        entries = self._tibillet_agenda_events(domain)._tibillet_entries()
        now = since.replace(tzinfo=UTC)
        return sorted(
            (entry for entry in entries if not entry.is_over(now) and (not span or entry.touches(*span))),
            key=lambda entry: (entry.start, entry.uid),
        )

    def _tibillet_asked(self, filters):
        """What the visitor asks, as a Domain: tags of one category widen, categories narrow, so does each word."""
        domain = Domain.TRUE
        tags = self.env["event.tag"].sudo().search([("id", "in", filters.tags)]).filtered(self._tibillet_tells)
        for group in tags.grouped("category_id").values():
            domain &= Domain("tag_ids", "in", group.ids)
        if len(tags) < len(filters.tags):
            domain &= Domain.FALSE
        if filters.place:
            domain &= Domain("tibillet_place_id.slug", "=", filters.place)
        for word in filters.search.split():
            domain &= Domain.OR(
                Domain(name, "ilike", escape_psql(word))
                for name in ("name", "subtitle", "tibillet_place_id.name", "address_id.name", "address_id.city")
            )
        return domain

    def _tibillet_tells(self, tag):
        """Whether a tag is for the public here: the others are the organisers' own."""
        category = tag.category_id
        return bool(tag.color and category.is_published and category.website_id.id in (False, self.id))

    def _tibillet_agenda_choices(self):
        """What the filters offer: {"tags": [Tag], "places": [(slug, name)]}, of the events to come, by name."""
        events = self._tibillet_agenda_events(Domain("date_end", ">", fields.Datetime.now()))
        tags = events.tag_ids.filtered(self._tibillet_tells)
        places = events.tibillet_place_id.sorted(lambda place: place.name.casefold())
        return {
            "tags": [Tag(tag.id, tag.name) for tag in tags],
            "places": [(place.slug, place.name) for place in places],
        }
