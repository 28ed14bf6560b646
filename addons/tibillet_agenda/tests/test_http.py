import re

from .common import AgendaCase


class TestHttp(AgendaCase):
    """What stands around the words: caches, frames, links, maps of the site."""

    def test_what_is_public_is_kept_five_minutes(self):
        for path in ("/agenda.ics", "/agenda.rss", "/agenda/embed"):
            response = self.get(path)
            self.assertEqual(response.headers["Cache-Control"], "public, max-age=300", path)
            self.assertNotIn("Set-Cookie", response.headers, path)
            etag = response.headers["ETag"]
            again = self.url_open(path, headers={"If-None-Match": etag})
            self.assertEqual((again.status_code, again.content), (304, b""), path)
            self.concert.name += " bis"
            self.env.flush_all()
            self.assertEqual(self.url_open(path, headers={"If-None-Match": etag}).status_code, 200, path)

    def test_who_is_signed_in_reads_the_same_feed(self):
        shown = self.get("/agenda.ics").content
        self.authenticate("admin", "admin")
        self.assertEqual(self.get("/agenda.ics").content, shown)

    def test_the_page_is_its_visitors_own(self):
        self.assertIn("private", self.get("/agenda").headers["Cache-Control"])

    def test_a_frame_for_anybody(self):
        response = self.get("/agenda/embed?place=test-barn")
        self.assertEqual(response.headers["Content-Security-Policy"], "frame-ancestors *")
        self.assertNotIn("X-Frame-Options", response.headers)
        self.assertIn('target="_blank"', response.text)
        self.assertIn('action="/agenda/embed"', response.text)
        self.assertNotIn("<script", response.text)
        self.assertNotIn("<header id", response.text)
        self.assertTrue(self.get("/tibillet_agenda/static/src/agenda.css"))

    def test_types(self):
        types = {"/agenda.ics": "text/calendar; charset=utf-8", "/agenda.rss": "application/rss+xml; charset=utf-8"}
        for path, kind in types.items():
            self.assertEqual(self.get(path).headers["Content-Type"], kind)

    def test_the_page_names_its_feeds(self):
        page = self.get(f"/agenda?tag={self.music.id}").text
        for kind, path in (("application/rss+xml", "/agenda.rss"), ("text/calendar", "/agenda.ics")):
            query = f"tag={self.music.id}"
            self.assertRegex(page, rf'rel="alternate" type="{re.escape(kind)}"[^>]*{path}\?{query}"')
        self.assertIn("webcal://", page)

    def test_the_map_of_the_site(self):
        self.announce(self.bar, "Secret link", website_visibility="link")
        self.env["ir.attachment"].sudo().search([("url", "=like", "/sitemap%")]).unlink()
        sitemap = self.get("/sitemap.xml").text
        self.assertIn("/agenda</loc>", sitemap)
        self.assertIn(f"/event/concert-{self.concert.id}</loc>", sitemap)
        self.assertNotIn("/agenda/embed", sitemap)
        self.assertNotIn("secret-link", sitemap)

    def test_venues(self):
        partner = self.bar.company_id.partner_id
        partner.write({"partner_latitude": 43.61, "partner_longitude": 3.877})
        self.concert.address_id = partner
        page = self.get("/agenda?view=places").text
        self.assertIn("geo:43.61,3.877", page)
        self.assertIn("https://www.openstreetmap.org/?mlat=43.61&amp;mlon=3.877#map=17/43.61/3.877", page)
        self.assertIn("3 ruelle du Fond", page)
