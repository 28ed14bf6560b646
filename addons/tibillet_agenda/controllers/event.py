from odoo import http
from odoo.fields import Domain

from odoo.addons.website_event.controllers.main import WebsiteEventController


def _sitemap(env, rule, qs):
    """Events that anybody may see here: stock's map also tells those that are for whoever has the link."""
    website = env["website"].get_current_website()
    domain = Domain(website.website_domain()) & Domain("is_published", "=", True)
    for event in env["event.event"].search(domain & Domain("website_visibility", "=", "public")):
        if not qs or qs.lower() in event.website_url:
            yield {"loc": event.website_url, "lastmod": event.write_date.date()}


class Event(WebsiteEventController):
    @http.route(sitemap=_sitemap)
    def event(self, event, **post):
        return super().event(event, **post)
