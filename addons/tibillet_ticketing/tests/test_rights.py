from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.door": ("own", {"event.group_event_registration_desk": "r", "event.group_event_user": "rwcu"}),
    "tibillet.door.pair": ("own", {"event.group_event_user": "rc"}),
    "tibillet.event.duplicate": ("own", {"event.group_event_user": "rwc"}),
    "tibillet.event.duplicate.date": ("own", {"event.group_event_user": "rwcu"}),
    "tibillet.event.follow": ("own", {"event.group_event_user": "rwc"}),
    "tibillet.event.recurrence": (
        "own",
        {"event.group_event_registration_desk": "r", "event.group_event_user": "rwcu"},
    ),
    "tibillet.event.recurrence.date": (
        "own",
        {"event.group_event_registration_desk": "r", "event.group_event_user": "rwcu"},
    ),
    "tibillet.event.repeat": ("own", {"event.group_event_user": "rwc"}),
    "tibillet.quota": ("own", {"event.group_event_registration_desk": "r", "event.group_event_user": "rwcu"}),
    "tibillet.seat.hold": ("own", {"event.group_event_user": "r"}),
    "tibillet.ticket.key": ("own", {"tibillet_base.group_cashier": "r"}),
    "tibillet.ticket.scan": ("own", {"event.group_event_registration_desk": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
