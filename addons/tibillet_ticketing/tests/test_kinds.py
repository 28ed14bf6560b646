from odoo.exceptions import ValidationError
from odoo.tests import Form

from .common import TicketCase


class TestKinds(TicketCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.festival = cls.make_event(cls.bar, "Festival", tibillet_kind="festival")

    def test_a_festival_has_parts(self):
        self.concert.write({"tibillet_kind": "concert", "tibillet_parent_id": self.festival.id})
        shift = self.make_event(self.bar, "Bar", tibillet_kind="volunteering", tibillet_parent_id=self.concert.id)
        self.assertEqual(self.festival.tibillet_child_ids, self.concert)
        self.assertEqual((self.festival.tibillet_child_count, self.concert.tibillet_child_count), (1, 1))
        action = self.festival.action_open_parts()
        self.assertEqual(self.env["event.event"].search(action["domain"]), self.concert)
        context = {**action["context"], "allowed_company_ids": self.bar.company_id.ids}
        with Form(self.env["event.event"].with_context(**context), view="event.view_event_form") as form:
            form.name = "Second concert"
        self.assertEqual(form.record.tibillet_parent_id, self.festival)
        self.assertEqual(form.record.date_begin, self.festival.date_begin)
        self.festival.unlink()
        self.assertTrue(self.concert.exists())
        self.assertEqual(shift.tibillet_parent_id, self.concert)

    def test_nothing_is_a_part_of_itself(self):
        self.concert.tibillet_parent_id = self.festival
        for parent in (self.concert, self.festival):
            with self.assertRaises(ValidationError):
                self.festival.tibillet_parent_id = parent

    def test_one_company(self):
        with self.assertRaisesRegex(ValidationError, "two companies"):
            self.elsewhere.tibillet_parent_id = self.festival
        self.concert.tibillet_parent_id = self.festival
        with self.assertRaisesRegex(ValidationError, "two companies"):
            self.festival.company_id = self.barn.company_id

    def test_grouped_by_kind(self):
        groups = self.env["event.event"].formatted_read_group(
            [("id", "in", (self.festival | self.concert).ids)], ["tibillet_kind"], ["__count"]
        )
        self.assertEqual({group["tibillet_kind"]: group["__count"] for group in groups}, {"festival": 1, False: 1})
