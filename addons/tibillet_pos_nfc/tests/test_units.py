import uuid

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestUnits(TillCase):
    """What costs hours or points is paid whole by one card, beside the euros, and never enters the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours, cls.points = cls.env["tibillet.asset"].create(
            [
                {"name": "Hours", "code": "HOURS", "kind": "time", "place_id": cls.bar_place.id},
                {"name": "Points", "code": "PTS", "kind": "loyalty", "place_id": cls.bar_place.id},
            ]
        )
        cls.workshop, cls.mug = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "available_in_pos": True,
                    "list_price": 0.0,
                    "type": "service",
                    "taxes_id": [Command.clear()],
                    "tibillet_price_asset_id": asset.id,
                    "tibillet_price_units": units,
                }
                for name, asset, units in (("Workshop", cls.hours, 90), ("Mug", cls.points, 100))
            ]
        )

    def _member(self, cents=1000, minutes=180, points=150):
        card = self._card(cents)
        for asset, amount in ((self.hours, minutes), (self.points, points)):
            if amount:
                self._credit(card, asset, amount)
        return card

    def _line(self, product, qty=1, **vals):
        return self._top_up_line(None, 0.0, product=product, qty=qty, **vals)

    def _tapped(self, card, order_uuid, cents, *units, **vals):
        """Values of a payment that `card` authorised with its hours and points."""
        payment_uuid = str(uuid.uuid4())
        asked = [{"asset": asset.id, "amount": amount} for asset, amount in units]
        answer = self._authorise(card, cents, order_uuid, payment_uuid, units=asked)
        self.assertEqual(answer["status"], "held", answer)
        return self._payment(
            self.till,
            "terminal",
            cents / 100,
            uuid=payment_uuid,
            tibillet_hold=answer["hold"],
            tibillet_unit_holds=answer["unit_holds"],
            tibillet_card=answer["card"],
            **vals,
        )

    def _left(self, card):
        return tuple(self._held(card, asset) for asset in (self.bar_euro, self.hours, self.points))

    def test_beside_the_euros(self):
        card, order_uuid = self._member(), str(uuid.uuid4())
        lines = [self._line(self.workshop, 2), self._line(self.mug), self._beer_line(price=self._untaxed(6))]
        payment = self._tapped(card, order_uuid, 600, (self.hours, 180), (self.points, 100))
        self.assertEqual(self._left(card), ((1000, 600), (180, 180), (150, 100)))
        order = self._sync(self._order(lines, [payment], order_uuid))
        self.assertEqual(self._left(card), ((400, 0), (0, 0), (50, 0)))
        shown = {part.asset_id.name: (part.amount, part.units) for part in order.tibillet_split_ids}
        self.assertEqual(shown, {"Hours": (0.0, 180), "Points": (0.0, 100), "Bar euro": (6.0, 0)})

    def test_nothing_but_hours(self):
        card, order_uuid = self._member(cents=0), str(uuid.uuid4())
        payment = self._tapped(card, order_uuid, 0, (self.hours, 90))
        order = self._sync(self._order([self._line(self.workshop)], [payment], order_uuid))
        self.assertEqual((order.state, self._left(card)), ("paid", ((0, 0), (90, 0), (150, 0))))
        self.pos_session.action_pos_session_closing_control()
        self.assertEqual(self.pos_session.state, "closed")
        self.assertFalse(any(self.pos_session._get_related_account_moves().line_ids.mapped("balance")))

    def test_short_of_points_takes_no_hours(self):
        card = self._member(points=99)
        asked = [{"asset": self.hours.id, "amount": 90}, {"asset": self.points.id, "amount": 100}]
        with self.assertUnchanged():
            answer = self._authorise(card, 600, units=asked)
        self.assertEqual((answer["status"], answer["code"]), ("refused", "units"))
        self.assertIn("lacks", answer["message"])

    def test_short_of_euros_takes_no_hours(self):
        card, line, order_uuid = self._member(cents=100), str(uuid.uuid4()), str(uuid.uuid4())
        asked = [{"asset": self.hours.id, "amount": 90}]
        answer = self._authorise(card, 600, order_uuid, line, units=asked)
        self.assertEqual((answer["status"], self._left(card)[:2]), ("short", ((100, 0), (180, 0))))
        answer = self._authorise(card, 100, order_uuid, line, units=asked)
        self.assertEqual((answer["status"], self._left(card)[:2]), ("held", ((100, 100), (180, 90))))

    def test_released_with_the_euros(self):
        card = self._member()
        for cents in (600, 0):
            answer = self._authorise(card, cents, units=[{"asset": self.hours.id, "amount": 90}])
            self.env["tibillet.till"].with_user(self.cashier)._release(self.pos_session.id, answer["hold"])
            self.assertEqual(self._left(card)[:2], ((1000, 0), (180, 0)))

    def test_no_tap_or_a_tap_for_less(self):
        card, order_uuid = self._member(), str(uuid.uuid4())
        with self.assertRefusal("costs 1 h 30 of Hours and the card was tapped for 0 h 00"):
            self._sync(self._order([self._line(self.workshop)], (), order_uuid))
        payment = self._tapped(card, order_uuid, 0, (self.hours, 90))
        with self.assertRefusal("costs 3 h 00 of Hours and the card was tapped for 1 h 30"):
            self._sync(self._order([self._line(self.workshop, 2)], [payment], order_uuid))

    def test_the_tap_of_another_payment(self):
        card, order_uuid = self._member(), str(uuid.uuid4())
        stolen = self._tapped(card, str(uuid.uuid4()), 0, (self.hours, 90))
        order = self._order([self._line(self.workshop)], [{**stolen, "uuid": str(uuid.uuid4())}], order_uuid)
        with self.assertRefusal("the card was tapped for 0 h 00"):
            self._sync(order)
        with self.assertRefusal("tapped for another order"):
            self._sync(self._order([self._line(self.workshop)], [stolen], order_uuid))

    def test_come_back_once(self):
        card, order_uuid = self._member(), str(uuid.uuid4())
        payment = self._tapped(card, order_uuid, 0, (self.hours, 180))
        order = self._sync(self._order([self._line(self.workshop, 2)], [payment], order_uuid))
        for left in (90, 180):
            back = self._line(self.workshop, -1, refunded_orderline_id=order.lines.id)
            self._sync(self._order([back], is_refund=True))
            self.assertEqual(self._left(card)[1], (left, 0))
        back = self._line(self.workshop, -1, refunded_orderline_id=order.lines.id)
        with self.assertRefusal("Workshop was given back already"):
            self._sync(self._order([back], is_refund=True))

    def test_given_back_without_having_been_paid(self):
        with self.assertRefusal("To give Workshop back, refund it from the orders"):
            self._sync(self._order([self._line(self.workshop, -1)]))

    def test_what_no_till_sends(self):
        card = self._member()
        rows = ({"asset": self.hours.id, "amount": 0}, {"asset": self.hours.id, "amount": -90}, {"asset": "1"}, 7)
        with self.assertUnchanged():
            for row in rows:
                self.assertEqual(self._authorise(card, 600, units=[row])["code"], "request")
            twice = [{"asset": self.hours.id, "amount": 90}] * 2
            self.assertEqual(self._authorise(card, 600, units=twice)["code"], "request")
            money = [{"asset": self.bar_euro.id, "amount": 90}]
            self.assertEqual(self._authorise(card, 600, units=money)["code"], "asset")

    def test_a_product_costs_euros_or_hours(self):
        with self.assertRaisesRegex(ValidationError, "costs no euros"), self.env.cr.savepoint():
            self.workshop.list_price = 5.0
        with self.assertRaisesRegex(ValidationError, "Money pays euros"), self.env.cr.savepoint():
            self.workshop.tibillet_price_asset_id = self.bar_euro
