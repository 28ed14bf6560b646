from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {"tibillet.event.news": ("own", {"event.group_event_user": "rwc"})}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
