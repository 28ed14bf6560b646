from odoo import Command
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import RestaurantCase

# PostgreSQL itself refuses what an asset would pay: the second of two, once the first has paid.
REFUSE = """
CREATE FUNCTION test_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING MESSAGE = 'this asset is refused';
END $$;
CREATE TRIGGER test_refuse BEFORE INSERT ON tibillet_ledger_posting
    FOR EACH ROW WHEN (NEW.asset_id = %s) EXECUTE FUNCTION test_refuse();
"""


class TestRefusedSale(RestaurantCase):
    """A sale that the ledger refuses leaves nothing behind: not in the ledger, not at the till, not in the kitchen."""

    def test_the_second_asset_is_refused(self):
        card = self._card(2000, gift=500)
        line = self._dish()
        values = self._order([line])
        values["payment_ids"] = [Command.create(self._nfc_payment(values["uuid"], card, self._cents(line)))]
        self.assertEqual(self._balances(card), {self.bar_gift: 500, self.bar_euro: 2000})
        self.env.cr.execute(REFUSE, [self.bar_euro.id])
        with mute_logger("odoo.sql_db"), self.assertRaises(UserError), self.env.cr.savepoint():
            self._sync(values)
        self.assertEqual(self._balances(card), {self.bar_gift: 500, self.bar_euro: 2000})
        self.assertFalse(self.env["pos.order"].search([("uuid", "=", values["uuid"])]))
        self.assertFalse(self._tickets(self.kitchen))

    def test_the_same_sale_without_the_refusal(self):
        card = self._card(2000, gift=500)
        line = self._dish()
        values = self._order([line])
        values["payment_ids"] = [Command.create(self._nfc_payment(values["uuid"], card, self._cents(line)))]
        self._sync(values)
        left = 2500 - self._cents(line)
        self.assertEqual(self._balances(card), {self.bar_gift: 0, self.bar_euro: left})
        self.assertEqual(len(self._tickets(self.kitchen)), 1)

    def _cents(self, line):
        return round(line["price_subtotal_incl"] * 100)

    def _balances(self, card):
        self.env["tibillet.ledger.transaction"]._forget_cache()
        balances = self.env["tibillet.ledger.balance"].sudo().search([("wallet_id", "=", card._wallet().id)])
        return {balance.asset_id: balance.amount for balance in balances}
