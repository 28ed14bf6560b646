from unittest.mock import patch

from odoo import fields

from odoo.addons.tibillet_cashless.tests.common import CashlessCase


class SettlementCase(CashlessCase):
    """Bar and hall, and a festival: three companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.festival = cls._create_company(name="Festival")
        cls.env.user.company_ids |= cls.festival
        cls.festival_place = cls.env["tibillet.place"].create(
            {"name": "Test festival", "slug": "test-festival", "company_id": cls.festival.id}
        )
        cls.festival._tibillet_setup_books()
        cls.companies = cls.bar | cls.hall | cls.festival
        cls.places = {cls.bar_place: cls.bar, cls.hall_place: cls.hall, cls.festival_place: cls.festival}
        cls.sessions = 0

    def _act(self, act, place, asset, cents):
        """A top-up, spend, refund or cash-out of Bob at `place`, closed at once."""
        type(self).sessions += 1
        key, company = getattr(self, f"_{act}")(place, self.bob_wallet, asset, cents), self.places[place]
        euros = cents / 100
        if act in ("spend", "refund"):
            return self._close(company, self.sessions, spends=[key], amount=euros if act == "spend" else -euros)
        signed = euros if act == "top_up" else -euros
        return self._close(company, self.sessions, topups=[key], topup_asset=asset, topup_amount=signed)

    def _pair(self, company, other):
        self.env.flush_all()
        pairs = self.env["tibillet.settlement.pair"]
        pairs._open_missing()
        return pairs.search([("company_id", "=", company.id), ("other_id", "=", other.id)])

    def _pay(self, payer, payee, amount, key="t:1", user=None):
        transfers = self.env["tibillet.settlement.transfer"].with_user(user or self.env.user)
        return transfers._record(key, payer, payee, amount, "November")

    def _statements(self):
        """This month's, as if the next one had begun."""
        today = fields.Date.today()
        with patch.object(fields.Date, "today", lambda: fields.Date.add(today, months=1)):
            return self.env["tibillet.settlement.statement"]._make(today)

    def _side(self, company, other):
        return self.env["tibillet.settlement.statement"].search(
            [("company_id", "=", company.id), ("other_id", "=", other.id)]
        )
