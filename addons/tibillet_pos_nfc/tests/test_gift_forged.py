import uuid

from odoo.tests import tagged

from ..gift import share
from .gift_common import GiftCase


@tagged("post_install", "-at_install")
class TestGiftForged(GiftCase):
    """A price is lowered by a tap alone, by as much, over the taxes as they stand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beer, cls.meal = cls._article(20, 6.0), cls._article(10, 11.0)

    def setUp(self):
        super().setUp()
        self.card = self._card(2000, 500)
        self.order_uuid = str(uuid.uuid4())
        self.lines = [self._line(self.beer), self._line(self.meal)]

    def _send(self, parts, payments, lines=None, **vals):
        order = self._order([*(lines or self.lines), *self._gift_lines(parts)], payments, self.order_uuid, **vals)
        return self._sync(order)

    def _shares(self, amount):
        return share(self._groups(self.lines), amount)

    def test_invented_line(self):
        with self.assertRefusal("not what the card was tapped for"):
            self._send(self._shares(500), [self._payment(self.till, "cash", 12.0)])

    def test_invented_hold(self):
        payment = self._payment(self.till, "terminal", 12.0, tibillet_gift=500, tibillet_gift_hold="pos.payment:x/gift")
        with self.assertRefusal("No card was tapped"):
            self._send(self._shares(500), [payment])

    def test_gift_of_cash(self):
        payment = self._payment(self.till, "cash", 12.0, tibillet_gift=500)
        with self.assertRefusal("by tapping its card"):
            self._send(self._shares(500), [payment])

    def test_more_than_was_tapped(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        with self.assertRefusal("not what the card was tapped for"):
            self._send(self._shares(600), [payment | {"amount": 11.0}])
        with self.assertRefusal("The card was tapped for"):
            self._send(self._shares(600), [payment | {"tibillet_gift": 600, "amount": 11.0}])

    def test_other_share_of_the_taxes(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        parts = self._shares(500)
        [first, second] = parts
        with self.assertRefusal("not what the card was tapped for"):
            self._send({first: parts[first] + 1, second: parts[second] - 1}, [payment])

    def test_no_line_for_the_tap(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        with self.assertRefusal("not what the card was tapped for"):
            self._send({}, [payment, self._payment(self.till, "cash", 5.0)])

    def test_above_the_price(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        tea = [self._line(self._article(20, 4.0))]
        with self.assertRefusal("above the price"):
            self._send({}, [payment], tea)

    def test_hold_of_another_order(self):
        payment = self._tap_with_gift(str(uuid.uuid4()), self.card, 1700)
        with self.assertRefusal("tapped for another order"):
            self._send(self._shares(500), [payment])

    def test_replayed(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        self._send(self._shares(500), [payment])
        self.order_uuid = str(uuid.uuid4())
        self.lines = [self._line(self.beer), self._line(self.meal)]
        with self.assertRefusal("No card was tapped"):
            self._send(self._shares(500), [payment | {"uuid": str(uuid.uuid4())}])
        self.assertEqual(self._held(self.card, self.bar_gift), (0, 0))

    def test_paid_lines_stay(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        order = self._send(self._shares(500), [payment])
        self._abroad()
        gifts = order.lines._tibillet_gifts()
        with self.assertRefusal("cannot be changed"):
            gifts[0].price_unit = -1.0
        with self.assertRefusal("cannot be changed"):
            gifts.unlink()
        with self.assertRefusal("cannot be changed"):
            order.payment_ids.tibillet_gift = 0

    def test_counted_by_the_server_alone(self):
        payment = self._tap_with_gift(self.order_uuid, self.card, 1700)
        order = self._send(self._shares(500), [payment | {"tibillet_gift_refunded": 400}])
        self.assertEqual(order.payment_ids.tibillet_gift_refunded, 0)

    def test_request_that_no_till_sends(self):
        for room in (-1, 10**9, "600", 1.5, None, True):
            with self.subTest(room=room), self.assertUnchanged():
                self.assertEqual(self._authorise(self.card, 600, gift_room=room)["code"], "request")
        till = self.env["tibillet.till"].with_user(self.cashier)
        for lines in (None, "x", [{}], [{"line": 1, "qty": -1}], [{"line": 2**40, "qty": 1}], [{"line": 0, "qty": 1}]):
            with self.subTest(lines=lines):
                self.assertEqual(till._gift_back(self.pos_session.id, lines)["code"], "request")

    def test_asked_again_the_same_answer(self):
        payment_uuid = str(uuid.uuid4())
        answers = [
            self._authorise(self.card, 1700, self.order_uuid, payment_uuid, gift_room=1700) for _turn in range(2)
        ]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual((answers[0]["gift"], answers[0]["left"]), (500, 800))
        self.assertEqual(self._held(self.card, self.bar_gift), (500, 500))
        self.env["tibillet.till"].with_user(self.cashier)._release(self.pos_session.id, answers[0]["hold"])
        self.assertEqual((self._held(self.card), self._held(self.card, self.bar_gift)), ((2000, 0), (500, 0)))

    def test_short_gives_everything_back(self):
        answer = self._authorise(self.card, 2600, gift_room=2600)
        self.assertEqual((answer["status"], answer["available"], answer["missing"]), ("short", 2500, 100))
        self.assertEqual((self._held(self.card), self._held(self.card, self.bar_gift)), ((2000, 0), (500, 0)))

    def test_day_ceiling_counts_the_gift(self):
        self.bar_place.spend_day_ceiling = 10.0
        answer = self._authorise(self.card, 1200, gift_room=1200)
        self.assertEqual(answer["code"], "day_ceiling")
        self.assertIn("10", answer["message"])
        self.assertEqual((self._held(self.card), self._held(self.card, self.bar_gift)), ((2000, 0), (500, 0)))

    def test_left_gift_is_not_a_payment(self):
        """Beyond what may be lowered, gift credit pays nothing."""
        answer = self._authorise(self.card, 2200, gift_room=100)
        self.assertEqual((answer["status"], answer["available"]), ("short", 2100))

    def test_more_than_was_taken_off_is_never_counted_as_given_back(self):
        """What a second refund meets that read the payment before the first wrote it."""
        card = self._card(0, 600)
        payment = self._sell([self._line(self.beer)], (card, 600)).payment_ids
        self.assertEqual(payment._tibillet_count_gift_back(400), 0)
        with self.assertRefusal("given back already"):
            payment._tibillet_count_gift_back(201)
        self.assertEqual(payment._tibillet_count_gift_back(200), 400)
