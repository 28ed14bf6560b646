from datetime import datetime, timedelta

from odoo.tests import tagged

from odoo.addons.tibillet_pos_nfc.tests.common import TillCase

MORNING = datetime(2026, 6, 12, 9, 0)


@tagged("post_install", "-at_install")
class BadgeCase(TillCase):
    """A bar whose volunteers badge; times are minutes after nine in the morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe = cls.env["res.partner"].create({"name": "Zoé Martin"})
        cls.zoe_card, cls.nobody_card = cls._card(partner=cls.zoe), cls._card()

    def _badge(self, card, session=None, user=None, **tap):
        """What the till answers to a tap."""
        till = self.env["tibillet.till"].with_user(user or self.cashier)
        return till._badge((session or self.pos_session).id, {**self._tap(card), **tap})

    def _at(self, minutes, card=None, till=None):
        """A touch at a given minute."""
        till = till or self.till
        return self.env["tibillet.badge"]._record(
            card or self.zoe_card,
            till.company_id.tibillet_place_id,
            till,
            self.cashier,
            now=MORNING + timedelta(minutes=minutes),
        )

    def _stays(self):
        self.env.flush_all()
        self.env["tibillet.badge.stay"].invalidate_model()
        return self.env["tibillet.badge.stay"].search([("company_id", "=", self.bar.id)], order="id")
