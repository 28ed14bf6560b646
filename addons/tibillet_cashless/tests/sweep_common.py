from datetime import timedelta

from odoo import fields

from odoo.addons.tibillet_base.tests.common import own_keyring

from .common import CashlessCase


class SweepCase(CashlessCase):
    """A bar that chose to sweep its euro, and cards of its festival."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(own_keyring(cls.env))
        cls.bar_euro.sweep_mode = "hand"
        cls.batch = cls.env["tibillet.card.batch"].create({"name": "Festival", "place_id": cls.bar_place.id})
        cls.manager = cls._account_user("bar_manager", cls.bar, "tibillet_base.group_manager")
        cls.numbers = 0

    def _card(self, cents=0, asset=None, place=None, partner=None):
        """A card that was topped up with `cents` just now."""
        type(self).numbers += 1
        card = self.batch._add_cards([{"number": f"SWEEP{self.numbers:03}", "qr_uuid": f"sweep-{self.numbers}"}])
        card._activate()
        if partner:
            card._link(partner)
        if cents:
            key = self._top_up(place or self.bar_place, card._wallet(), asset or self.bar_euro, cents)
            if not asset and not place:
                self._close(self.bar, key, topups=[key], topup_asset=self.bar_euro, topup_amount=cents / 100)
        return card

    def _holds(self, card, asset=None):
        return card._wallet()._amounts().get((asset or self.bar_euro).id, (0, 0))[0]

    def _sweep(self, **values):
        now = fields.Datetime.now()
        return (
            self.env["tibillet.sweep"]
            .with_user(self.manager)
            .create(
                {
                    "asset_id": self.bar_euro.id,
                    "since": now - timedelta(hours=26),
                    "until": now + timedelta(minutes=1),
                    **values,
                }
            )
        )

    def _entry(self, sweep):
        return self.env["tibillet.booking"].search([("origin", "=", f"sweep:{sweep.id}")]).move_ids
