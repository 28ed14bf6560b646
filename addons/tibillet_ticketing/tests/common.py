from datetime import timedelta

from odoo import Command, fields

from odoo.addons.tibillet_base.tests.common import NetworkCase


class Tickets:
    """Words for tests about events; `concert` and its prices `full` and `reduced` are the case's own."""

    @classmethod
    def make_event(cls, place, name, **vals):
        now = fields.Datetime.now()
        return cls.env["event.event"].create(
            {
                "name": name,
                "company_id": place.company_id.id,
                "date_begin": now + timedelta(hours=1),
                "date_end": now + timedelta(hours=5),
                "date_tz": "Europe/Paris",
                "event_mail_ids": [Command.clear()],
                "event_ticket_ids": [Command.create({"name": price}) for price in ("Full", "Reduced")],
                **vals,
            }
        )

    @classmethod
    def limit(cls, seats, event=None):
        (event or cls.concert).write({"seats_limited": True, "seats_max": seats})

    @classmethod
    def book(cls, ticket=None, **vals):
        ticket = ticket or cls.full
        values = {"event_id": ticket.event_id.id, "event_ticket_id": ticket.id, "name": "Test Anna"}
        return cls.env["event.registration"].create({**values, **vals})

    def hold(self, seats, key="order:1", ticket=None, **options):
        ticket = ticket or self.full
        self.env.flush_all()
        wanted = {(ticket.event_id.id, None, ticket.id): seats}
        return self.env["tibillet.seat.hold"]._hold(key, wanted, **options)

    def assertCountsTrue(self):
        """What is counted is what stands there."""
        self.env.flush_all()
        self.cr.execute(
            "SELECT *, tibillet_seat_truth(scope, ref, slot) AS truth FROM tibillet_seat_count ORDER BY 1, 2, 3"
        )
        counted = self.cr.fetchall()
        self.cr.execute(
            """SELECT id FROM event_event WHERE tibillet_seat_truth('event', id, 0) > 0
               EXCEPT SELECT ref FROM tibillet_seat_count WHERE scope = 'event'"""
        )
        self.assertFalse(self.cr.fetchall(), "an event that sold has its count")
        self.assertEqual([row for row in counted if row[3] != row[4]], [])


class TicketCase(Tickets, NetworkCase):
    """Tonight's concert of the bar: full price and reduced, and one at the barn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.concert = cls.make_event(cls.bar, "Concert")
        cls.full, cls.reduced = cls.concert.event_ticket_ids
        cls.elsewhere = cls.make_event(cls.barn, "Ball")
