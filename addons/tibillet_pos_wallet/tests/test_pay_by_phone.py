import uuid
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_cashless.tests.voucher_common import make_meal, make_voucher

from .common import PhoneCase


@tagged("post_install", "-at_install")
class TestPayByPhone(PhoneCase):
    """What a holder confirms on a phone is held as by a tap, once, within two minutes, for that line alone."""

    def _pay(self, cents, **changed):
        """A beer paid by phone, as the till sends it: values of its payment may be changed."""
        order, payment = str(uuid.uuid4()), str(uuid.uuid4())
        answer = self._confirm(self._ask(cents, payment, order))
        line = self._beer_line(price=self._untaxed(cents / 100))
        paid = self._payment(
            self.till,
            "terminal",
            cents / 100,
            **{"uuid": payment, "tibillet_hold": answer["hold"], "tibillet_card": answer["card"], **changed},
        )
        return self._order([line], [paid], order)

    def test_confirmed_it_is_held_then_captured(self):
        asked = self._ask(500)
        self.assertEqual((asked["status"], self._poll(asked)["status"]), ("asked", "asked"))
        self.assertTrue(110 < asked["seconds"] <= 120)
        self.assertEqual(self._wallet_of(self.holder), (2000, 0))
        answer = self._confirm(asked)
        self.assertEqual((answer["status"], answer["left"], answer["holder"]), ("held", 1500, "anna"))
        self.assertEqual(self._wallet_of(self.holder), (2000, 500))
        order = self._sync(self._pay(300))
        self.assertEqual((order.state, order.payment_ids.tibillet_card), ("paid", ""))
        self.assertEqual(self._wallet_of(self.holder), (1700, 500))

    def test_gift_pays_first_and_the_page_says_so(self):
        self._credit(self.holder.partner_id.tibillet_card_ids, self.bar_gift, 200)
        asked = self._ask(500)
        wallet = self.holder.partner_id.tibillet_wallet_ids
        preview = self.env["tibillet.till"].sudo()._phone_preview(self._request(asked), wallet)
        self.assertEqual([row["name"] for row in preview["pays"]], ["Bar gift", self.bar_euro.name])
        self.assertEqual(preview["missing"], 0)
        lines = self._confirm(asked)["lines"]
        self.assertEqual([line["amount"] for line in lines], [200, 300])

    def test_vouchers_pay_articles_of_their_tax_only(self):
        canteen, tax = make_voucher(self.env, self.bar_place)
        meal, wallet = make_meal(self.env, tax), self.holder.partner_id.tibillet_wallet_ids
        self._credit(self.holder.partner_id.tibillet_card_ids, canteen, 200)
        meals = [{"product": meal.id, "taxes": tax.ids}]
        beers = [{"product": self.beer.id, "taxes": self.tax.ids}]
        preview = self.env["tibillet.till"].sudo()._phone_preview
        for articles, drawn in ((meals, [200, 300]), (meals + beers, [500]), ([], [500])):
            asked = self._ask(500, articles=articles)
            self.assertEqual(len(preview(self._request(asked), wallet)["pays"]), len(drawn))
            self.assertEqual([line["amount"] for line in self._confirm(asked)["lines"]], drawn)

    def test_what_it_sells_is_signed(self):
        asked = self._request(self._ask(500))
        token = asked._token()
        asked.articles = [{"product": self.beer.id, "taxes": self.tax.ids}]
        self.assertFalse(asked._of_token(token))

    def test_confirmed_twice_pays_once(self):
        asked = self._ask(500)
        first = self._confirm(asked)
        self.assertEqual(self._confirm(asked), first)
        self.assertEqual(self._wallet_of(self.holder), (2000, 500))

    def test_a_second_phone_pays_nothing(self):
        asked = self._ask(500)
        self._confirm(asked)
        self.assertEqual(self._confirm(asked, self.other)["holder"], "anna")
        self.assertEqual(self._wallet_of(self.other), (2000, 0))

    def test_over_after_two_minutes(self):
        asked = self._ask(500)
        self._request(asked).expires_at -= timedelta(minutes=2)
        with self.assertUnchanged():
            self.assertEqual(self._confirm(asked)["code"], "expired")

    def test_cancelled_at_the_till(self):
        asked = self._ask(500)
        till = self.env["tibillet.till"].with_user(self.cashier)
        self.assertEqual(till._phone_cancel(self.pos_session.id, asked["request"])["code"], "cancelled")
        with self.assertUnchanged():
            self.assertEqual(self._confirm(asked)["code"], "cancelled")

    def test_cancelled_too_late_it_is_paid(self):
        asked = self._ask(500)
        held = self._confirm(asked)
        till = self.env["tibillet.till"].with_user(self.cashier)
        self.assertEqual(till._phone_cancel(self.pos_session.id, asked["request"]), held)

    def test_asked_again_the_former_code_is_over(self):
        payment, order = str(uuid.uuid4()), str(uuid.uuid4())
        first = self._ask(500, payment, order)
        second = self._ask(500, payment, order)
        self.assertEqual(self._confirm(first)["code"], "cancelled")
        held = self._confirm(second)
        self.assertEqual(held["status"], "held")
        # The till died after the phone had paid: it asks again, and is green at once.
        again = self._ask(500, payment, order)
        self.assertEqual((again["status"], again["hold"]), ("held", held["hold"]))
        self.assertEqual(self._wallet_of(self.holder), (2000, 500))

    def test_given_back_it_is_asked_again(self):
        payment, order = str(uuid.uuid4()), str(uuid.uuid4())
        held = self._confirm(self._ask(500, payment, order))
        self.env["tibillet.till"].with_user(self.cashier)._release(self.pos_session.id, held["hold"])
        self.assertEqual(self._wallet_of(self.holder), (2000, 0))
        self.assertEqual(self._ask(500, payment, order)["status"], "asked")

    def test_a_wallet_that_lacks_some_pays_nothing(self):
        asked = self._ask(2500)
        wallet = self.holder.partner_id.tibillet_wallet_ids
        preview = self.env["tibillet.till"].sudo()._phone_preview(self._request(asked), wallet)
        self.assertEqual(preview["missing"], 500)
        answer = self._confirm(asked)
        self.assertEqual((answer["status"], answer["missing"]), ("short", 500))
        self.assertEqual(self._wallet_of(self.holder), (2000, 0))

    def test_the_ceiling_of_a_day_holds(self):
        self.bar_place.spend_day_ceiling = 6.0
        self.assertEqual(self._confirm(self._ask(500))["status"], "held")
        self.assertEqual(self._confirm(self._ask(200))["code"], "day_ceiling")
        self.assertEqual(self._wallet_of(self.holder), (2000, 500))

    def test_a_venue_that_refuses_the_money(self):
        self.bar_place.excluded_asset_ids = self.bar_euro | self.bar_gift
        self.assertEqual(self._ask(500)["code"], "no_asset")

    def test_refused_after_the_till_closed(self):
        asked = self._ask(500)
        self.pos_session.state = "closing_control"
        self.env.flush_all()
        self._request(asked)._confirm(self.holder.partner_id)
        self.assertEqual(self._request(asked).state, "open")
        self.assertEqual(self._wallet_of(self.holder), (2000, 0))

    def test_another_amount_or_order_is_refused(self):
        order = self._pay(500)
        other = self._pay(300, tibillet_hold=order["payment_ids"][0][2]["tibillet_hold"])
        with self.assertRefusal("No card was tapped"):
            self._sync(other)
        dearer = self._pay(400)
        dearer["payment_ids"][0][2]["amount"] = dearer["amount_paid"] = 3.0
        with self.assertRefusal("was tapped for|not fully paid|3.00"):
            self._sync({**dearer, "lines": self._order([self._beer_line(price=self._untaxed(3.0))])["lines"]})

    def test_a_refund_goes_back_to_the_wallet(self):
        order = self._sync(self._pay(500))
        self.assertEqual(self._wallet_of(self.holder), (1500, 0))
        payment = order.payment_ids
        line = self._beer_line(-1, self._untaxed(5.0), refunded_orderline_id=order.lines.id)
        back = self._payment(
            self.till, "terminal", -5.0, tibillet_hold=payment.tibillet_hold, tibillet_card=payment.tibillet_card
        )
        self._sync(self._order([line], [back]))
        self.assertEqual(self._wallet_of(self.holder), (2000, 0))

    def test_a_closed_wallet_takes_nothing_back(self):
        order = self._sync(self._pay(500))
        wallet = self.holder.partner_id.tibillet_wallet_ids
        wallet._forget("erased")
        key = order.payment_ids.tibillet_hold
        hold = ledger.holds(self.env.cr, [key])[key]
        with self.assertRefusal("This wallet was closed"):
            order.payment_ids._tibillet_wallet_back(hold)


@tagged("post_install", "-at_install")
class TestAccess(PhoneCase):
    """Who may ask, and who may see: the till its own requests, the holder by the code alone."""

    def test_only_a_till_asks(self):
        for user, code in ((self.holder, "access"), (self._hall_cashier(), "session")):
            self.assertEqual(self._ask(500, user=user)["code"], code)

    def test_another_till_sees_nothing(self):
        asked = self._ask(500)
        session = self._open_session(self.hall_till)
        user = self._hall_cashier()
        self.assertEqual(self._poll(asked, user=user)["code"], "session")
        self.assertEqual(self._poll(asked, user=user, session=session)["code"], "foreign")
        self.assertEqual(self._poll(asked, user=self.holder)["code"], "access")

    def test_the_requests_are_nobody_s_records(self):
        request = self._request(self._ask(500))
        for user in (self.cashier, self.holder):
            mine = request.with_user(user).sudo(False)
            for act, *values in (("read", ["answer"]), ("write", {"state": "held"}), ("unlink",)):
                with self.assertRaises(AccessError):
                    getattr(mine, act)(*values)

    def test_what_a_till_never_sends(self):
        with self.assertUnchanged():
            for amount in (0, -5, 5.0, "5", None, 10**9):
                self.assertEqual(self._ask(amount)["code"], "amount")
            self.assertEqual(self._ask(5, payment="x")["code"], "request")
            self.assertEqual(self._ask(5, units=[{"asset": 1}])["code"], "request")
        till = self.env["tibillet.till"].with_user(self.cashier)
        for request_id in (None, "1", 0, -1, 2**40, {}):
            self.assertEqual(till._phone_poll(self.pos_session.id, request_id)["code"], "foreign")

    def _hall_cashier(self):
        return self._account_user(f"hall_{uuid.uuid4().hex[:6]}", self.hall, "tibillet_base.group_cashier")


@tagged("post_install", "-at_install")
class TestCode(PhoneCase):
    """A code says one request, and nobody writes one."""

    def test_forged_and_altered_codes(self):
        requests = self.env["tibillet.phone.payment"]
        asked, other = self._request(self._ask(500)), self._request(self._ask(100))
        token = asked._token()
        self.assertEqual(requests._of_token(token), asked)
        number, _dash, signature = token.partition("-")
        forged = (
            f"{other.id}-{signature}", f"{number}-{'0' * 32}", f"{number}-{signature[:-1]}", number, f"-{signature}",
            f"{number}-{signature}0", f"0{number} -{signature}", "x", f"{10**9}-{signature}",
        )  # fmt: skip
        for code in forged:
            self.assertFalse(requests._of_token(code), code)
        asked.amount = 1
        self.assertFalse(requests._of_token(token))

    def test_old_requests_are_forgotten(self):
        request = self._request(self._ask(500))
        self.env.flush_all()
        self.env.cr.execute("UPDATE tibillet_phone_payment SET create_date = create_date - interval '2 days'")
        request.invalidate_recordset()
        request._gc_requests()
        self.assertFalse(request.exists())

    def test_gift_credit_lowers_the_price(self):
        """As a tap: the phone shows both, and the gift credit is held to be taken off."""
        self.bar_gift.gift_treatment = "discount"
        self._credit(self.holder.partner_id.tibillet_card_ids, self.bar_gift, 200)
        asked = self._ask(600, gift_room=500)
        preview = (
            self.env["tibillet.till"]
            .sudo()
            ._phone_preview(self._request(asked), self.holder.partner_id.tibillet_card_ids._wallet())
        )
        self.assertEqual([row["name"] for row in preview["pays"]], ["Bar gift", self.bar_euro.name])
        answer = self._confirm(asked)
        self.assertEqual((answer["status"], answer["gift"], len(answer["lines"])), ("held", 200, 2))
        self.assertEqual(self._ask(600, gift_room=-1)["code"], "request")
