from odoo import Command, fields
from odoo.tests import new_test_user

from .common import AgendaCase


class TestAccess(AgendaCase):
    """What is not for everybody is told nowhere: page, frame, calendar, feed, block."""

    def test_own_and_federated(self):
        self.assertTold("Concert", "Ball")
        self.assertUntold("Milling")

    def test_what_is_not_public(self):
        secrets = {
            "Secret draft": {"is_published": False},
            "Secret link": {"website_visibility": "link"},
            "Secret members": {"website_visibility": "logged_users"},
            "Secret archive": {"active": False},
            "Secret past": {"date_begin": "2020-01-01 10:00:00", "date_end": "2020-01-01 12:00:00"},
        }
        for name, values in secrets.items():
            self.announce(self.bar, f"{name} own", **values)
            self.announce(self.barn, f"{name} theirs", **values)
        second = self.env["website"].create({"name": "Second", "company_id": self.bar.company_id.id})
        self.announce(self.bar, "Secret second site", website_id=second.id)
        self.assertUntold("Secret")
        new_test_user(
            self.env,
            "t_events",
            groups="event.group_event_manager",
            company_id=self.bar.company_id.id,
            company_ids=[Command.set((self.bar.company_id | self.barn.company_id | self.mill.company_id).ids)],
        )
        self.authenticate("t_events", "t_events")
        self.assertUntold("Secret", "Milling")

    def test_a_place_that_has_not_accepted(self):
        member = self.env["tibillet.federation.member"].create(
            {"federation_id": self.federation.id, "place_id": self.mill.id}
        )
        for state in ("invited", "refused", "left"):
            member.state = state
            self.assertUntold("Milling")
        member.state = "accepted"
        self.assertTold("Milling")
        self.federation.active = False
        self.assertUntold("Milling", "Ball")

    def test_a_website_whose_place_left(self):
        self.federation.member_ids.filtered(lambda member: member.place_id == self.bar).state = "left"
        self.assertUntold("Ball")
        self.assertTold("Concert")

    def test_an_archived_place_tells_nothing(self):
        self.barn.active = False
        self.assertUntold("Ball")

    def test_the_event_stays_at_home(self):
        self.elsewhere.tibillet_in_federation = False
        self.concert.tibillet_in_federation = False
        self.assertUntold("Ball")
        self.assertTold("Concert")

    def test_no_event_is_lent_to_another_place(self):
        """Who writes events of the mill cannot pass for the barn."""
        self.milling.tibillet_place_id = self.barn
        self.assertUntold("Milling")

    def test_the_website_chooses(self):
        festival = self.announce(self.barn, "Festival", tag_ids=[Command.set((self.film | self.music).ids)])
        self.website.tibillet_agenda_federation = False
        self.assertUntold("Ball", "Festival")
        self.website.write(
            {"tibillet_agenda_federation": True, "tibillet_agenda_tag_ids": [Command.set(self.music.ids)]}
        )
        self.assertUntold("Ball")
        self.assertTold("Festival", "Concert")
        self.website.write(
            {
                "tibillet_agenda_tag_ids": [Command.clear()],
                "tibillet_agenda_without_tag_ids": [Command.set(self.music.ids)],
            }
        )
        self.assertUntold("Festival")
        self.assertTold("Ball", "Concert")
        self.website.tibillet_agenda_without_tag_ids = [Command.clear()]
        self.website.tibillet_agenda_without_place_ids = self.barn
        self.assertUntold("Ball", festival.name)
        self.assertTold("Concert")

    def test_tags_of_the_organisers_stay_theirs(self):
        self.assertUntold("Needs a van", "No colour")
        for tag in (self.staff, self.bare):
            self.assertNotIn("Concert", self.get(f"/agenda?tag={tag.id}").text)

    def test_the_block_hears_tags_only(self):
        """Its domain comes from any browser, and the agenda is read as superuser."""
        self.assertIn("Ball", self.block([["tag_ids", "in", self.film.ids]]))
        self.assertNotIn("Concert", self.block([["tag_ids", "in", self.film.ids]]))
        for asked in (
            [["user_id.login", "ilike", "a"]],
            [["tag_ids", "in", self.staff.ids]],
            [["tag_ids", "in", ["1"]]],
            [["tag_ids", "any", [["create_uid.login", "ilike", "a"]]]],
            ["|", ["id", ">", 0], ["is_published", "=", False]],
        ):
            self.assertNotIn("Concert", self.block(asked), asked)

    def test_links_lead_home(self):
        barn_site = self.env["website"].create(
            {"name": "Barn", "company_id": self.barn.company_id.id, "domain": "https://barn.example"}
        )
        self.elsewhere.website_id = barn_site
        url = f"https://barn.example/event/ball-{self.elsewhere.id}"
        self.assertTold(url)
        page = self.get("/agenda").text
        self.assertIn(f'href="/event/concert-{self.concert.id}"', page)
        self.assertIn(f'src="{self.elsewhere._tibillet_entries()[0].image}"', page)

    def test_a_place_without_a_website_here_has_its_own(self):
        self.barn.url = "https://barn.example"
        self.assertTold("https://barn.example")
        self.milling.tibillet_place_id = self.barn
        self.assertNotIn("barn.example", self.milling._tibillet_entries()[0].url, "not of its company")

    def test_an_event_page_is_as_stock_guards_it(self):
        self.concert.is_published = False
        self.env.flush_all()
        for path in ("register", "ics"):
            response = self.url_open(f"/event/{self.concert.id}/{path}")
            self.assertIn(response.status_code, (403, 404), path)

    def test_settings(self):
        settings = self.env["res.config.settings"].create({"website_id": self.website.id})
        self.website.name = 'Bar "Le <Fond>"'
        settings.invalidate_recordset()
        frame = settings.tibillet_agenda_embed
        self.assertIn(f"{self.website.get_base_url()}/agenda/embed", frame)
        self.assertIn("Bar &#34;Le &lt;Fond&gt;&#34;", frame)
        settings.tibillet_agenda_without_place_ids = self.barn
        settings.execute()
        self.assertEqual(self.website.tibillet_agenda_without_place_ids, self.barn)
        self.assertGreater(self.concert.date_end, fields.Datetime.now())
