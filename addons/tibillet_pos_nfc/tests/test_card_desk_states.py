from odoo.tests import tagged

from .test_card_desk import DeskCase


@tagged("post_install", "-at_install")
class TestCardDeskStates(DeskCase):
    """Acts of the desk that change a card, and whom they are refused to."""

    def test_gift_and_time_with_a_reason(self):
        card = self._card(state="blank")
        answer = self._done("give", card, asset_id=self.bar_gift.id, amount=500, reason="Artist", approval=self.pin)
        self._done("give", card, asset_id=self.hours.id, amount=210, reason="Set-up", approval=self.pin)
        self.assertEqual((self._held(card, self.bar_gift), self._held(card, self.hours)), ((500, 0), (210, 0)))
        self.assertEqual(self._acts(card).mapped("kind"), ["gift", "time"])
        self.assertEqual(self._acts(card).approver_id, self.manager)
        self.assertEqual((answer["receipt"]["reason"], answer["receipt"]["approver"]), ("Artist", self.manager.name))
        posting = self.env["tibillet.ledger.transaction"].search([("place_id", "=", self.bar_place.id)], limit=1)
        self.assertEqual((posting.kind, posting.reason_ids.text), ("issue", "Set-up"))

    def test_what_is_not_given(self):
        card = self._card()
        give = {"asset_id": self.bar_gift.id, "amount": 500, "reason": "Artist", "approval": self.pin}
        for code, sentence, change in (
            ("reason", "Say why", {"reason": "  "}),
            ("reason", "Say why", {"reason": None}),
            ("asset", "does not give this away", {"asset_id": self.bar_euro.id}),
            ("asset", "does not give this away", {"asset_id": self.hall_euro.id}),
            ("amount", "above zero", {"amount": -1}),
            ("approval", "A manager must approve", {"approval": None}),
        ):
            with self.subTest(change=change):
                self._refused(code, sentence, "give", card, **{**give, **change})

    def test_link_merges_into_the_person(self):
        card = self._card(1000, gift=200)
        self._done("give", card, asset_id=self.hours.id, amount=60, reason="Help", approval=self.pin)
        answer = self._done("link", card, partner_id=self.ann.id)
        self.assertEqual(card.partner_id, self.ann)
        held = self.ann_wallet._amounts()
        self.assertEqual([held[a.id][0] for a in (self.bar_euro, self.bar_gift, self.hours)], [1000, 200, 60])
        self.assertFalse(card.wallet_id._holds())
        self.assertEqual(answer["card"]["holder"], "Ann")
        # To the same person again: nothing more. To another: refused.
        self._done("link", card, partner_id=self.ann.id)
        self._refused("refused", "already belongs to someone else", "link", card, partner_id=self.bob.id)

    def test_link_to_somebody_new_or_known_by_mail(self):
        card = self._card(1000)
        self._done("link", card, person={"name": "Zoe", "email": "Zoe@Example.org"})
        self.assertEqual((card.partner_id.name, card.partner_id.email), ("Zoe", "zoe@example.org"))
        again = self._card()
        self._done("link", again, person={"name": "Z.", "email": "zoe@example.org"}, witness=self._tap(card))
        self.assertEqual(again.partner_id, card.partner_id)
        for person in (None, {}, {"name": "X", "email": "nothing"}, {"name": " ", "email": "x@y.org"}, "Zoe"):
            with self.subTest(person=person):
                self._refused("person", "Type the name and the e-mail", "link", self._card(), person=person)

    def test_a_second_card_takes_the_first(self):
        first, second = self._card(1000, partner=self.ann), self._card()
        self._refused("witness", "Tap the card they have", "link", second, partner_id=self.ann.id)
        stranger = self._card(partner=self.bob)
        self._refused(
            "witness", "Tap the card they have", "link", second, partner_id=self.ann.id, witness=self._tap(stranger)
        )
        self._done("link", second, partner_id=self.ann.id, witness=self._tap(first))
        self.assertEqual(second.partner_id, self.ann)

    def test_replace_a_lost_card(self):
        lost, new = self._card(1000, gift=200, partner=self.ann), self._card(state="blank")
        self._refused("approval", "A manager must approve", "replace", new, number=lost.number)
        self._done("replace", new, number=lost.number, approval=self.pin)
        self.assertEqual((lost.state, new.state, new.partner_id), ("lost", "active", self.ann))
        self.assertEqual(self._held(new), (1000, 0))
        self.assertEqual(self._desk("pay_back", lost, amount=1000)["code"], "lost")
        anonymous, other = self._card(700), self._card()
        self._done("replace", other, number=anonymous.number, approval=self.pin)
        self.assertEqual((self._held(other), self._held(anonymous)), ((700, 0), (0, 0)))
        self._refused("unknown", "No card bears this number", "replace", other, number="ZZZZZZZZ", approval=self.pin)

    def test_block_and_unblock(self):
        card = self._card(1000)
        self._done("block", card)
        self.assertEqual(card.state, "blocked")
        self._refused("blocked", "blocked", "pay_back", card, amount=1000)
        self._refused("approval", "A manager must approve", "unblock", card)
        self._done("unblock", card, approval=self.pin)
        self.assertEqual((card.state, self._held(card)), ("active", (1000, 0)))
        self._refused("refused", "Only a blocked card", "unblock", card, approval=self.pin)

    def test_void(self):
        card = self._card(1000, gift=200)
        self._refused("approval", "A manager must approve", "void", card)
        self._refused("refused", "pay it back or move it first", "void", card, approval=self.pin)
        self._done("pay_back", card, amount=1000)
        self._done("void", card, approval=self.pin)
        self.assertEqual((card.state, self._held(card, self.bar_gift)), ("void", (0, 0)))
        self.assertTrue(self.env["tibillet.verification"]._run().ok)
        held = self._card(500, partner=self.ann)
        self._done("void", held, approval=self.pin)
        self.assertEqual(self.ann_wallet._amounts()[self.bar_euro.id][0], 500)

    def test_ones_own_card(self):
        own = self._card(1000, partner=self.cashier.partner_id)
        cashier_card = self._card(1000)
        self.env["tibillet.cashier.card"].create(
            {
                "card_id": cashier_card.id,
                "user_id": self.cashier.id,
                "company_id": self.bar.id,
                "config_ids": self.till.ids,
            }
        )
        for card in (own, cashier_card):
            for act, values in (
                ("pay_back", {"amount": 1000}),
                ("cash_back", {"amount": 100, "approval": self.pin}),
                ("give", {"asset_id": self.bar_gift.id, "amount": 1, "reason": "Me", "approval": self.pin}),
                ("void", {"approval": self.pin}),
            ):
                with self.subTest(act=act):
                    self._refused("own", "your own card", act, card, **values)
        shown = self.env["tibillet.till"].with_user(self.cashier)._desk_card(self.pos_session.id, self._tap(own))
        self.assertIn("your own card", shown["card"]["refusal"])
        self._refused("own", "not linked to oneself", "link", self._card(), partner_id=self.cashier.partner_id.id)
        lost = self._card(500, partner=self.bob)
        self.cashier.partner_id = self.bob
        self._refused("own", "your own card", "replace", self._card(), number=lost.number, approval=self.pin)

    def test_nobody_approves_for_their_own_card(self):
        own = self._card(1000, partner=self.manager.partner_id)
        self._refused("own", "your own card", "cash_back", own, amount=100, approval=self.pin)

    def test_a_managers_card_approves_where_it_opens_the_till(self):
        card, staff = self._card(1000), self._card()
        cashier_card = self.env["tibillet.cashier.card"].create(
            {
                "card_id": staff.id,
                "user_id": self.manager.id,
                "company_id": self.bar.id,
                "manager": True,
            }
        )
        tap = {"tap": self._tap(staff)}
        self._refused("approval", "no manager's card at this till", "cash_back", card, amount=100, approval=tap)
        cashier_card.config_ids = self.till
        self._done("cash_back", card, amount=100, approval=tap)
        self.assertEqual(self._acts(card)[-1].approver_id, self.manager)
        cashier_card.manager = False
        self._refused("approval", "no manager's card at this till", "cash_back", card, amount=100, approval=tap)
        cashier_card.manager = True
        staff.write({"state": "lost"})
        self._refused("approval", "no manager's card at this till", "cash_back", card, amount=100, approval=tap)

    def test_another_venues_card(self):
        batch = self.env["tibillet.card.batch"].sudo().create({"name": "Hall", "place_id": self.hall_place.id})
        uid = "04FEDCBA987654"
        foreign = batch._add_cards([{"number": "HALL0001", "uid": uid, "qr_uuid": "qr-hall"}])
        foreign._activate()
        tap = {"uid": uid, "source": "wedge"}
        for act, values in (
            ("block", {}),
            ("void", {"approval": self.pin}),
            ("replace", {"number": self._card().number, "approval": self.pin}),
        ):
            with self.subTest(act=act):
                self._refused("place", "comes from Test hall", act, foreign, tap=tap, **values)
        self._credit(foreign, self.hall_euro, 500)
        self._done("pay_back", foreign, tap=tap, amount=500)
        self.hall_euro.refundable = False
        self._credit(foreign, self.hall_euro, 500)
        self._refused("empty", "Nothing on this card is paid back", "pay_back", foreign, tap=tap, amount=500)

    def test_search_tells_little_and_not_all(self):
        till = self.env["tibillet.till"].with_user(self.cashier)
        self.ann.email = "ann.long.name@example.org"
        tap = self._tap(self._card(state="blank"))
        found = till._desk_people(self.pos_session.id, tap, "Ann")["people"]
        self.assertIn({"id": self.ann.id, "name": "Ann", "email": "a…@example.org", "cards": 0}, found)
        self.assertEqual(till._desk_people(self.pos_session.id, tap, "A ")["code"], "query")
        self.assertEqual(till._desk_people(self.pos_session.id, tap, None)["code"], "query")
        # Without a card in hand nobody is looked up.
        stranger = {"uid": "04FFFFFFFFFFFF", "source": "box"}
        for search in (till._desk_people, till._desk_lost):
            self.assertEqual(search(self.pos_session.id, stranger, "Ann")["code"], "unknown")
        lost = self._card(1000, partner=self.ann)
        for query in (lost.number, lost.number.lower(), "ann.long.name@example.org"):
            [card] = till._desk_lost(self.pos_session.id, tap, query)["cards"]
            self.assertEqual((card["number"], card["holder"]), (lost.number, "Ann"))

    def test_history_in_plain_words(self):
        card = self._card(1000)
        self._done("pay_back", card, amount=1000)
        till = self.env["tibillet.till"].with_user(self.cashier)
        moves = till._desk_history(self.pos_session.id, self._tap(card))["moves"]
        self.assertEqual([(move["label"], move["amount"]) for move in moves][0], ("Paid back · Test bar", -1000))
