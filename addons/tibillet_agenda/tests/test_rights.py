from odoo.exceptions import AccessError

from odoo.addons.tibillet_base.tests.rights import RightsCase
from odoo.addons.tibillet_ticketing.tests.common import TicketCase


class TestRights(RightsCase):
    def test_every_model(self):
        """The addon has none of its own."""
        self.assertRights({})


class TestWhoChooses(TicketCase):
    def test_a_stranger_changes_nothing(self):
        for user in (self.env.ref("base.public_user"), self.cashier):
            with self.assertRaises(AccessError):
                self.concert.with_user(user).write({"tibillet_in_federation": False})
            with self.assertRaises(AccessError):
                self.env["website"].search([], limit=1).with_user(user).write({"tibillet_agenda_federation": False})
