import re

import extruct

from odoo import Command, fields

from .common import AWKWARD, AgendaCase


class TestMachines(AgendaCase):
    """What search engines read on an event's page."""

    def said(self, event=None):
        event = event or self.concert
        page = self.get(f"/event/{event.id}/register").text
        data = extruct.extract(page, base_url=self.base_url(), syntaxes=["json-ld", "microdata"], uniform=False)
        self.assertFalse([item for item in data["microdata"] if item["type"].endswith("/Event")], "said once")
        [said] = [item for item in data["json-ld"] if item["@type"] == "Event"]
        return said

    def test_an_event(self):
        partner = self.bar.company_id.partner_id
        partner.write({"zip": "34000", "country_id": self.env.ref("base.fr").id, "partner_latitude": 43.5})
        self.concert.write(
            {"address_id": partner.id, "organizer_id": partner.id, "name": AWKWARD, "subtitle": "One\n</script>"}
        )
        said = self.said()
        self.assertEqual((said["name"], said["description"]), (AWKWARD, "One\n</script>"))
        for name, moment in (("startDate", self.concert.date_begin), ("endDate", self.concert.date_end)):
            self.assertRegex(said[name], r"\+0[12]:00$")
            told = fields.Datetime.to_datetime(re.sub("T", " ", said[name][:19]))
            local = fields.Datetime.context_timestamp(self.concert.with_context(tz="Europe/Paris"), moment)
            self.assertEqual(told, local.replace(tzinfo=None, microsecond=0))
        self.assertEqual(said["eventStatus"], "https://schema.org/EventScheduled")
        self.assertEqual(said["eventAttendanceMode"], "https://schema.org/OfflineEventAttendanceMode")
        self.assertEqual(said["location"]["address"]["addressCountry"], "FR")
        self.assertEqual(said["location"]["address"]["addressLocality"], "Testville")
        self.assertEqual(said["organizer"]["name"], "Test Bar")
        self.assertRegex(said["image"][0], "^https?://")
        full = said["offers"][0]
        self.assertEqual((full["name"], full["priceCurrency"], full["@type"]), ("Full", "EUR", "Offer"))
        self.assertRegex(full["price"], r"^\d+\.\d\d$")
        self.assertRegex(full["validFrom"], r"\+00:00$")
        self.assertEqual(full["availability"], "https://schema.org/InStock")

    def test_sold_out_cancelled_online(self):
        self.concert.write({"seats_limited": True, "seats_max": 1, "address_id": False})
        self.book()
        self.concert.kanban_state = "cancel"
        said = self.said()
        self.assertEqual({offer["availability"] for offer in said["offers"]}, {"https://schema.org/SoldOut"})
        self.assertEqual(said["eventStatus"], "https://schema.org/EventCancelled")
        self.assertEqual(said["location"]["@type"], "VirtualLocation")
        self.assertEqual(said["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode")

    def test_one_price_is_gone(self):
        self.full.write({"seats_limited": True, "seats_max": 1})
        self.book()
        offers = {offer["name"]: offer["availability"].rpartition("/")[2] for offer in self.said()["offers"]}
        self.assertEqual(offers, {"Full": "SoldOut", "Reduced": "InStock"})

    def test_prices_that_are_over_or_to_come(self):
        self.full.end_sale_datetime = "2020-01-01 00:00:00"
        self.reduced.start_sale_datetime = "2099-01-01 00:00:00"
        [offer] = self.said()["offers"]
        self.assertEqual((offer["name"], offer["validFrom"]), ("Reduced", "2099-01-01T00:00:00+00:00"))

    def test_free_without_prices(self):
        self.concert.event_ticket_ids = [Command.clear()]
        [offer] = self.said()["offers"]
        self.assertEqual((offer["price"], offer["availability"]), ("0.00", "https://schema.org/InStock"))

    def test_slots(self):
        workshop = self.announce(self.bar, "Workshop", date_tz="Asia/Kolkata")
        self.make_slots(workshop, 1, 2)
        parts = self.said(workshop)["subEvent"]
        self.assertEqual([part["startDate"][10:] for part in parts], ["T14:00:00+05:30"] * 2)
