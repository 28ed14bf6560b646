import uuid

from odoo.tests import tagged

from ..tables import TABLES
from .common import ExportCase

# Whoever reads our files counts on these lines: a column is only ever added at the end, and the version goes up.
HEADERS = {
    ("sales", 1): "date_time,till,session,closing,order,receipt,cashier,line,product_reference,product,category,"
    "quantity,unit_price,discount,net,vat_rate,vat,gross,currency,offered,deposit,top_up,refund_of",
    ("payments", 1): "date_time,till,session,closing,order,receipt,payment,method,method_kind,asset_code,asset,"
    "asset_kind,issuer,amount,currency,change,correction",
    ("wallet_movements", 1): "date_time,operation,origin,movement,place,asset_code,asset,asset_kind,issuer,amount,unit,"
    "booking,reversal_of",
    ("paheko", 1): "Numéro d'écriture,Type,Statut,Libellé,Date,Remarques,Numéro pièce comptable,Numéro compte,"
    "Libellé compte,Débit,Crédit,Référence ligne,Libellé ligne,Rapprochement,Projet analytique,Membres associés",
}


@tagged("post_install", "-at_install")
class TestExports(ExportCase):
    """What each row says."""

    def test_columns_and_their_order_never_change(self):
        self.assertEqual(
            {
                (kind, table.version): ",".join(column.name for column in table.columns)
                for kind, table in TABLES.items()
            },
            HEADERS,
        )
        self.assertEqual(list(TABLES), [kind for kind, _label in self.env["tibillet.export"]._kinds()])

    def test_a_sale_line_by_line(self):
        self.beer.default_code = "BEER"
        self.beer.pos_categ_ids = self.env["pos.category"].create({"name": "Drinks"})
        order = self._sell(12, qty=2)
        z = self._close_till()
        [row] = self._read("sales")
        [line] = order.lines
        expected = {
            "date_time": "2026-01-01T13:00:00+01:00",
            "till": "Bar till",
            "session": self.pos_session.name,
            "closing": str(z.number),
            "order": order.name,
            "receipt": order.pos_reference,
            "cashier": "till_cashier",
            "line": line.uuid,
            "product_reference": "BEER",
            "category": "Drinks",
            "quantity": "2",
            "unit_price": "10",
            "discount": "0",
            "net": "20.00",
            "vat_rate": "20",
            "vat": "4.00",
            "gross": "24.00",
            "currency": "EUR",
            "offered": "0",
            "deposit": "0",
            "top_up": "0",
            "refund_of": "",
        }
        self.assertLessEqual(expected.items(), {**row, "cashier": row["cashier"].split(" ")[0]}.items())

    def test_top_ups_deposits_and_refunds_are_told_apart(self):
        cup = self._make_cup()
        card = self._card()
        sold = self._sell(5)
        self._fill(card, 20)
        lent = {**self._beer_line(), "product_id": cup.id, "tax_ids": [(6, 0, [])], "price_unit": 1.0, "qty": 1}
        lent.update(price_subtotal=1.0, price_subtotal_incl=1.0)
        self._sync(self._order([lent], [self._payment(self.till, "cash", 1.0)]))
        back = self._beer_line(qty=-1, price=self._untaxed(5), refunded_orderline_id=sold.lines.id)
        self._sync(self._order([back], [self._payment(self.till, "cash", -5.0)]))
        rows = self._read("sales")
        flags = [(row["gross"], row["deposit"], row["top_up"], row["refund_of"]) for row in rows]
        self.assertEqual(
            flags,
            [
                ("5.00", "0", "0", ""),
                ("20.00", "0", "1", ""),
                ("1.00", "1", "0", ""),
                ("-5.00", "0", "0", sold.pos_reference),
            ],
        )
        self.assertEqual((rows[1]["vat_rate"], rows[1]["vat"]), ("", "0.00"))
        self.assertNotIn(card.number, str(rows))

    def test_payments_sum_to_the_session_and_a_card_gives_each_money(self):
        card = self._card(cents=700, gift=300)
        self._sell(5)
        order_uuid = str(uuid.uuid4())
        line = self._beer_line(price=self._untaxed(10))
        self._sync(self._order([line], [self._nfc_payment(order_uuid, card, 1000)], order_uuid))
        rows = self._read("payments", date_from="2025-12-01", date_to="2099-12-31")
        found = sorted((row["method_kind"], row["asset"], row["issuer"], row["amount"]) for row in rows)
        self.assertEqual(
            found,
            [
                ("cash", "", "", "5.00"),
                ("nfc", "Bar euro", "Test bar", "7.00"),
                ("nfc", "Bar gift", "Test bar", "3.00"),
            ],
        )
        total = sum(self.pos_session.order_ids.payment_ids.mapped("amount"))
        self.assertAlmostEqual(sum(float(row["amount"]) for row in rows), total)
        self.assertNotIn(card.number, str(rows))

    def test_a_correction_moves_from_one_method_to_another(self):
        order = self._sell(5)
        self._abroad()
        corrections = self.env["tibillet.payment.correction"]
        corrections._correct(order, self.cash, self.bank, "Wrong button")
        rows = self._read("payments", date_from="2025-12-01", date_to="2099-12-31")
        self.assertEqual(
            sorted((row["correction"], row["method_kind"], row["amount"]) for row in rows),
            [("0", "cash", "5.00"), ("1", "bank", "5.00"), ("1", "cash", "-5.00")],
        )

    def test_wallet_movements_of_the_venue_and_of_its_money_elsewhere(self):
        card = self._card(cents=1000)
        self._move("spend", self.hall_place, card._wallet(), self.bar_euro, -400, key="pos.payment:elsewhere")
        self._move("top_up", self.hall_place, self.bob_wallet, self.hall_euro, 900)
        days = {"date_from": "2025-12-01", "date_to": "2099-12-31"}
        mine = [
            (row["origin"], row["movement"], row["place"], row["asset"], row["amount"], row["unit"])
            for row in self._read("wallet_movements", **days)
        ]
        self.assertEqual(
            mine,
            [
                ("test", "top_up", "Test bar", "Bar euro", "10", "EUR"),
                ("pos.payment", "spend", "Test hall", "Bar euro", "-4", "EUR"),
            ],
        )

    def test_the_day_is_the_venues(self):
        self._sell(5, date_order="2025-12-31 23:30:00")
        self._sell(7, date_order="2026-01-01 23:30:00")
        self.assertEqual([row["date_time"] for row in self._read("sales")], ["2026-01-01T00:30:00+01:00"])
        self.bar.partner_id.tz = "America/Martinique"
        self.assertEqual([row["date_time"] for row in self._read("sales")], ["2026-01-01T19:30:00-04:00"])
