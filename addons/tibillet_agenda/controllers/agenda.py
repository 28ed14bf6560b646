from datetime import date
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from odoo import fields, http
from odoo.http import request
from odoo.tools.translate import LazyTranslate

from ..agenda import SPANS, Filters, Month, by_day, by_venue, calendar, feed
from .words import Words

_lt = LazyTranslate(__name__)

PAGE_SIZE = 50
FEED_SIZE = 500
MAX_AGE_S = 300
OSM = "https://www.openstreetmap.org"
PUBLIC = {"type": "http", "auth": "public", "website": True, "readonly": True, "methods": ["GET"]}


class Agenda(http.Controller):
    @staticmethod
    def _sitemap(env, rule, qs):
        if not qs or qs.lower() in "/agenda":
            yield {"loc": "/agenda"}

    @http.route("/agenda", sitemap=_sitemap.__func__, list_as_website_content=_lt("Agenda"), **PUBLIC)
    def page(self, **_asked):
        """For people, within the website."""
        response = request.render("tibillet_agenda.page", self._values("/agenda"))
        # Its header is the visitor's own: nobody else may be given it.
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    @http.route("/agenda/embed", sitemap=False, save_session=False, **PUBLIC)
    def embed(self, **_asked):
        """The same, bare, for a frame in anybody's site."""
        body = request.env["ir.ui.view"]._render_template("tibillet_agenda.embed", self._values("/agenda/embed"))
        response = self._public(body, "text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = "frame-ancestors *"
        return response

    @http.route("/agenda.ics", sitemap=False, save_session=False, **PUBLIC)
    def ical(self, **_asked):
        """The same, for calendars that subscribe."""
        filters = self._filters()
        body = calendar(self._entries(filters)[:FEED_SIZE], self._title(), self._whole("/agenda", filters))
        return self._public(body, "text/calendar; charset=utf-8", "agenda.ics")

    @http.route("/agenda.rss", sitemap=False, save_session=False, **PUBLIC)
    def rss(self, **_asked):
        """The same, for readers of feeds: an event of several slots once, with the next of them."""
        filters, words = self._filters(), self._words()
        events = {}
        for entry in self._entries(filters):
            events.setdefault(entry.event_id, entry)
        body = feed(
            [(entry, self._said(entry, words)) for entry in list(events.values())[:FEED_SIZE]],
            title=self._title(),
            description=request.env._("The events to come of %s", request.website.name),
            link=self._whole("/agenda", filters),
            self_link=self._whole("/agenda.rss", filters),
            lang=words.lang.code.replace("_", "-"),
        )
        return self._public(body, "application/rss+xml; charset=utf-8")

    def _filters(self):
        return Filters.parse(MultiDict(request.httprequest.args))

    def _words(self):
        website = request.website.sudo()
        return Words(request.env, website._tibillet_agenda_today(), website.company_id._tibillet_zone().zone)

    def _entries(self, filters, **options):
        return request.website._tibillet_agenda(filters, **options)

    def _title(self):
        return request.env._("Agenda of %s", request.website.name)

    @staticmethod
    def _span_names():
        return [
            request.env._("Everything"),
            request.env._("Today"),
            request.env._("This week"),
            request.env._("This month"),
        ]

    def _whole(self, path, filters):
        """A whole address, in the visitor's language."""
        return request.httprequest.host_url.rstrip("/") + request.env["ir.http"]._url_for(path) + filters.query()

    @staticmethod
    def _said(entry, words):
        """When and where, in a line; that it is cancelled comes first."""
        where = ", ".join(dict.fromkeys(filter(None, (entry.venue, entry.city))))
        cancelled = request.env._("Cancelled") if entry.cancelled else ""
        return " · ".join(filter(None, (cancelled, words.day(entry.first), words.when(entry, entry.first), where)))

    def _public(self, body, mimetype, filename=""):
        """A response that is the same for everybody: kept five minutes, then asked again by its ETag."""
        # Whatever is kept for all carries nobody's cookie.
        request.future_response.headers.remove("Set-Cookie")
        response = request.make_response(body, headers=[("Content-Type", mimetype)])
        response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
        response.headers["Vary"] = "Accept-Language, Cookie"
        if filename:
            response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
        response.add_etag()
        return response.make_conditional(request.httprequest)

    def _values(self, path):
        """What the templates say, whichever the view."""
        filters, words = self._filters(), self._words()
        feeds = filters.with_(view="list", month=None)
        return {
            "path": path,
            "title": self._title(),
            "embed": path != "/agenda",
            "filters": filters,
            "is_day": isinstance(filters.when, date),
            "spans": list(zip((None, *SPANS), self._span_names(), strict=True)),
            "words": words,
            "map_url": map_url,
            "choices": request.website._tibillet_agenda_choices(),
            "ics_url": self._whole("/agenda.ics", feeds),
            "rss_url": self._whole("/agenda.rss", feeds),
            **getattr(self, f"_{filters.view}_values")(filters, words),
        }

    def _list_values(self, filters, words):
        entries = self._entries(filters)
        start = (filters.page - 1) * PAGE_SIZE
        first = (filters.span(words.today) or [words.today])[0]
        return {
            "days": by_day(entries[start : start + PAGE_SIZE], first),
            "has_more": len(entries) > start + PAGE_SIZE,
        }

    def _month_values(self, filters, words):
        this = words.today.replace(day=1)
        month = Month(max(filters.month or this, this), words.week_start)
        since = request.website.company_id.sudo()._tibillet_utc(fields.Datetime.to_datetime(month.first))
        entries = self._entries(filters.with_(when=None), since=since)
        first = max(month.first, words.today)
        shown = [entry for entry in entries if entry.touches(month.first, month.last)]
        return {
            "month": month,
            "is_this_month": month.first == this,
            "weeks": month.weeks(shown),
            "days": by_day([entry for entry in shown if entry.last >= first], first),
        }

    def _places_values(self, filters, words):
        return {"venues": by_venue(self._entries(filters))}


def map_url(entry):
    """OpenStreetMap's page of a venue: where it stands when that is known, else a search of its address."""
    if entry.latitude is None:
        return f"{OSM}/search?{urlencode({'query': entry.address})}"
    point = {"mlat": entry.latitude, "mlon": entry.longitude}
    return f"{OSM}/?{urlencode(point)}#map=17/{entry.latitude}/{entry.longitude}"
