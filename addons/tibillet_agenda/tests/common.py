from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from odoo.addons.tibillet_ticketing.tests.common import TicketCase

AWKWARD = 'A "quote", l\'été; <b>1</b> & 2 </script><script>alert(1)</script> 👩‍🚀🎉 \\ end'
CARD_BLOCK = "website_event.dynamic_filter_template_event_event_card"


@tagged("post_install", "-at_install")
class AgendaCase(TicketCase, HttpCase):
    """The bar's website; the barn is in its federation, the mill is in none. Each has an event to come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        english = cls.env.ref("base.lang_en")
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.write(
            {
                "name": "Test site",
                "company_id": cls.bar.company_id.id,
                "default_lang_id": english.id,
                "language_ids": [Command.set(english.ids)],
            }
        )
        cls.bar.company_id.partner_id.write({"tz": "Europe/Paris", "street": "3 ruelle du Fond", "city": "Testville"})
        cls.env["event.event"].search([]).is_published = False
        cls.mill = cls.make_place("Test Mill")
        cls.federation = cls.federate(cls)
        cls.genre = cls.env["event.tag.category"].create({"name": "Genre", "is_published": True})
        cls.ours = cls.env["event.tag.category"].create({"name": "Ours", "is_published": False})
        cls.music, cls.film = cls.make_tag("Music, live"), cls.make_tag("Film")
        cls.staff = cls.make_tag("Needs a van", cls.ours)
        cls.bare = cls.make_tag("No colour", color=0)
        cls.concert.write({"is_published": True, "tag_ids": [Command.set((cls.music | cls.staff | cls.bare).ids)]})
        cls.elsewhere.write({"is_published": True, "tag_ids": [Command.set(cls.film.ids)]})
        cls.milling = cls.announce(cls.mill, "Milling")

    @classmethod
    def make_tag(cls, name, category=None, color=3):
        values = {"name": name, "category_id": (category or cls.genre).id, "color": color}
        return cls.env["event.tag"].create(values)

    @classmethod
    def announce(cls, place, name, days=0, hours=3, **vals):
        """An event to come, published; `days` from now."""
        start = fields.Datetime.now() + timedelta(days=days, hours=1)
        moments = {"date_begin": start, "date_end": start + timedelta(hours=hours)}
        return cls.make_event(place, name, **{**moments, "is_published": True, **vals})

    @classmethod
    def make_slots(cls, event, *days):
        """Slots of two hours at 14:00 by the event's clock, so many days after it begins."""
        event.write({"is_multi_slots": True, "date_end": event.date_begin + timedelta(days=max(days) + 2)})
        values = [
            {
                "event_id": event.id,
                "date": event.date_begin.date() + timedelta(days=day),
                "start_hour": 14,
                "end_hour": 16,
            }
            for day in days
        ]
        return cls.env["event.slot"].create(values)

    def get(self, path):
        self.env.flush_all()
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200, path)
        return response

    def block(self, search_domain=(), **options):
        """What Odoo's block of events shows of the agenda, as the page asks it: HTML."""
        block = self.env.ref("tibillet_agenda.snippet_filter_agenda")
        params = {
            "filter_id": block.id,
            "template_key": CARD_BLOCK,
            "limit": 16,
            "search_domain": list(search_domain),
            **options,
        }
        self.env.flush_all()
        return "".join(self.make_jsonrpc_request("/website/snippet/filters", params))

    def everywhere(self):
        """{channel: what it says}, each as a stranger is given it."""
        paths = ("/agenda", "/agenda?view=month", "/agenda?view=places", "/agenda/embed", "/agenda.ics", "/agenda.rss")
        return {**{path: self.get(path).text.replace("\r\n ", "") for path in paths}, "block": self.block()}

    def assertTold(self, *names):
        for channel, words in self.everywhere().items():
            for name in names:
                self.assertIn(name, words, channel)

    def assertUntold(self, *names):
        for channel, words in self.everywhere().items():
            for name in names:
                self.assertNotIn(name, words, channel)
