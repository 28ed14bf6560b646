import uuid

from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestAuthorise(TillCase):
    """A tap holds the price, or says in one sentence why it does not."""

    def test_hold_takes_gift_then_euro(self):
        card = self._card(1000, gift=200, partner=self.ann)
        answer = self._authorise(card, 750)
        self.assertEqual(answer["status"], "held")
        self.assertEqual(
            [(line["asset"], line["amount"]) for line in answer["lines"]], [("Bar gift", 200), ("Bar euro", 550)]
        )
        self.assertEqual((answer["left"], answer["card"], answer["holder"]), (450, card.number, "Ann"))
        self.assertEqual(self._held(card), (1000, 550))
        self.assertEqual(self._held(card, self.bar_gift), (200, 200))

    def test_answer_never_holds_the_chip(self):
        card = self._card(1000)
        self.assertNotIn(self.uids[card.id], str(self._authorise(card, 100)))

    def test_repeated_request_holds_once(self):
        card = self._card(1000)
        order, payment = str(uuid.uuid4()), str(uuid.uuid4())
        first = self._authorise(card, 300, order, payment)
        with self.assertUnchanged():
            self.assertEqual(self._authorise(card, 300, order, payment), first)
        self.assertEqual(self._held(card), (1000, 300))

    def test_other_card_on_the_same_line_gives_the_first_back(self):
        first, second = self._card(1000), self._card(1000)
        order, payment = str(uuid.uuid4()), str(uuid.uuid4())
        held = self._authorise(first, 300, order, payment)
        other = self._authorise(second, 300, order, payment)
        self.assertEqual(other["status"], "held")
        self.assertNotEqual(other["hold"], held["hold"])
        self.assertEqual(self._held(first), (1000, 0))
        self.assertEqual(self._held(second), (1000, 300))

    def test_short_balance_debits_nothing(self):
        card = self._card(900)
        with self.assertUnchanged():
            answer = self._authorise(card, 1200)
        self.assertEqual((answer["status"], answer["available"], answer["missing"]), ("short", 900, 300))
        self.assertEqual(
            answer["message"],
            "Missing €\xa03.00: pay the rest in cash, by bank card, or tap a second card.".replace(
                "€\xa03.00", answer["missing_text"]
            ),
        )

    def test_second_card_of_the_same_person_is_refused(self):
        first = self._card(900, partner=self.ann)
        second = self._card()
        second._link(self.ann, witness=first)
        order = str(uuid.uuid4())
        held = self._authorise(first, 500, order)
        with self.assertUnchanged():
            answer = self._authorise(second, 100, order, other_holds=[held["hold"]])
        self.assertEqual(answer["code"], "same_wallet")
        self.assertEqual(answer["message"], "This card has already paid its part. Tap another card.")

    def assertRefused(self, answer, code, message):
        self.assertEqual((answer["status"], answer["code"], answer["message"]), ("refused", code, message))

    def test_cards_out_of_use(self):
        sentences = {
            "blank": "This card is new. Top it up first.",
            "lost": "This card was declared lost. Keep it and call a manager.",
            "blocked": "This card is blocked. Call a manager.",
            "void": "This card is void. Give its holder a new one.",
        }
        for state, sentence in sentences.items():
            card = self._card(state=state)
            with self.subTest(state=state), self.assertUnchanged():
                self.assertRefused(self._authorise(card, 100), state, sentence)

    def test_unknown_card(self):
        with self.assertUnchanged():
            answer = self._authorise(None, 100, tap={"uid": "04FFFFFFFFFFFF", "source": "box"})
        self.assertRefused(answer, "unknown", "This card is not known here. Is it one of the network's?")

    def test_unreadable_taps(self):
        for uid in ("", "XYZ", "08A1B2C3", None, 12, "04A1B2"):
            with self.subTest(uid=uid), self.assertUnchanged():
                answer = self._authorise(None, 100, tap={"uid": uid, "source": "box"})
                self.assertEqual((answer["status"], answer["code"]), ("refused", "uid"))
        with self.assertUnchanged():
            self.assertEqual(self._authorise(None, 100, tap=["a tap"])["code"], "uid")

    def test_amounts_that_are_no_amount(self):
        card = self._card(1000)
        for amount in (0, -100, 10**12, 1.5, "100", None, True):
            with self.subTest(amount=amount), self.assertUnchanged():
                self.assertRefused(self._authorise(card, amount), "amount", "This amount cannot be paid by card.")

    def test_forged_request(self):
        card = self._card(1000)
        for payment, order in (
            ("", str(uuid.uuid4())),
            ("x' OR 1=1", str(uuid.uuid4())),
            (5, 5),
            (str(uuid.uuid4()), {}),
        ):
            with self.subTest(payment=payment), self.assertUnchanged():
                answer = (
                    self.env["tibillet.till"]
                    .with_user(self.cashier)
                    ._authorise(
                        self.pos_session.id,
                        payment,
                        order,
                        100,
                        self._tap(card),
                    )
                )
                self.assertEqual(answer["code"], "request")

    def test_asset_not_accepted_here(self):
        card = self._card()
        self._credit(card, self.hall_euro, 1000)
        with self.assertUnchanged():
            answer = self._authorise(card, 100)
        self.assertEqual((answer["status"], answer["available"]), ("short", 0))

    def test_asset_shared_by_the_federation_pays(self):
        card = self._card()
        self._credit(card, self.hall_euro, 1000)
        self.federation._share(self.hall_euro)
        self.assertEqual(self._authorise(card, 100)["lines"][0]["asset"], "Hall euro")

    def test_no_money_accepted(self):
        card = self._card(1000)
        (self.bar_euro | self.bar_gift).active = False
        with self.assertUnchanged():
            self.assertRefused(
                self._authorise(card, 100), "no_asset", "No card money is accepted here. Take another payment."
            )

    def test_closed_session(self):
        card = self._card(1000)
        self.pos_session.state = "closing_control"
        with self.assertUnchanged():
            self.assertRefused(self._authorise(card, 100), "session", "This till is closed. Reload the page.")

    def test_session_that_is_none(self):
        card = self._card(1000)
        for session_id in (0, -1, None, "1", 10**6):
            with self.subTest(session=session_id), self.assertUnchanged():
                answer = self.env["tibillet.till"].with_user(self.cashier)._card(session_id, self._tap(card))
                self.assertEqual(answer["code"], "session")

    def test_session_of_another_company(self):
        card = self._card(1000)
        hall_session = self._open_session(self.hall_till)
        with self.assertUnchanged():
            self.assertEqual(self._authorise(card, 100, session=hall_session)["code"], "session")

    def test_user_without_till(self):
        card = self._card(1000)
        clerk = self._account_user("clerk", self.bar, "base.group_user")
        with self.assertUnchanged():
            self.assertRefused(self._authorise(card, 100, user=clerk), "access", "Your user may not use the till.")

    def test_hold_of_another_session_is_not_taken_over(self):
        card = self._card(1000)
        payment = str(uuid.uuid4())
        self.federation._share(self.bar_euro)
        hall_session = self._open_session(self.hall_till)
        self._authorise(card, 100, payment=payment, session=hall_session, user=self.env.user)
        with self.assertUnchanged():
            answer = self._authorise(card, 100, payment=payment)
        self.assertRefused(answer, "foreign", "This payment was not started at this till.")

    def test_simulator_is_refused_outside_a_demo_database(self):
        card = self._card(1000)
        self.env["ir.module.module"].search([("name", "=", "tibillet_base")]).demo = False
        with self.assertUnchanged():
            answer = self._authorise(card, 100, tap={"uid": self.uids[card.id], "source": "simulator"})
        self.assertRefused(answer, "simulator", "The simulator only works in a demonstration database.")
        self.assertEqual(self.till._tibillet_demo_cards(), [])
