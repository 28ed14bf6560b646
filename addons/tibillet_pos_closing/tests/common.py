"""A till that closes, for tests."""

from odoo.addons.tibillet_pos_nfc.tests.common import TillCase


class ClosingCase(TillCase):
    """The bar's till with a cash drawer, and what its report says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        methods = cls.till.payment_method_ids
        cls.cash = methods.filtered(lambda method: method.type == "cash")
        cls.bank = methods.filtered(lambda method: method.type == "bank" and not method.use_payment_terminal)[:1]
        cls.nfc = methods._tibillet_nfc()
        cls.manager = cls._account_user("till_manager", cls.bar, "tibillet_base.group_manager")

    def _sell(self, price, kind="cash", qty=1, session=None, **vals):
        """Beers paid by one method; `price` has its tax in it."""
        line = self._beer_line(qty=qty, price=self._untaxed(price))
        till = (session or self.pos_session).config_id
        payment = self._payment(till, kind, line["price_subtotal_incl"])
        return self._sync(self._order([line], [payment], session=session, **vals), self._user_of(session))

    def _fill(self, card, amount, kind="cash", session=None):
        line = self._top_up_line(card, amount)
        payment = self._payment((session or self.pos_session).config_id, kind, amount)
        return self._sync(self._order([line], [payment], session=session), self._user_of(session))

    def _pay_back(self, top_up):
        """Refund a top-up, in cash."""
        [filled] = top_up.lines
        amount = filled.price_unit
        line = self._top_up_line(None, amount, qty=-1, refunded_orderline_id=filled.id)
        line.update(price_subtotal=-amount, price_subtotal_incl=-amount)
        return self._sync(self._order([line], [self._payment(self.till, "cash", -amount)]))

    def _close_till(self, session=None, counted=None):
        """Close as the till does, counting what should be there unless said otherwise; the ticket Z."""
        session = session or self.pos_session
        session.invalidate_recordset()
        counted = session.cash_register_balance_end if counted is None else counted
        session.cash_register_balance_end_real = counted
        # Two requests of a till: what the first has cached is not the second's.
        session.env.flush_all()
        session.invalidate_recordset()
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        return self.env["tibillet.closing"].search([("session_id", "=", session.id)])

    def _figures(self, session=None):
        """What the report says so far."""
        return self.env["tibillet.closing.report"]._of_session(session or self.pos_session)["f"]

    def _paid(self, figures):
        """{kind of method: amount} in cents, corrections counted."""
        paid = {}
        for row in figures["payments"].values():
            paid[row["kind"]] = paid.get(row["kind"], 0) + row["amount"] + row["corrected"]
        return paid
