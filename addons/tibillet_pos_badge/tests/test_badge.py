from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_pos_badge.models.badge import REPEAT_SECONDS

from .common import BadgeCase


@tagged("post_install", "-at_install")
class TestBadge(BadgeCase):
    """What a tap at the door records, and what it refuses."""

    def test_in_then_out(self):
        entry = self._at(0)
        leaving = self._at(130)
        self.assertEqual((entry.direction, leaving.direction, leaving.entry_id), ("in", "out", entry))
        self.assertEqual((entry._minutes(), leaving._minutes()), (None, 130))
        self.assertEqual(self._at(140).direction, "in")

    def test_the_till_answers_with_who_and_when(self):
        answer = self._badge(self.zoe_card)
        self.assertEqual((answer["status"], answer["direction"], answer["minutes"]), ("ok", "in", None))
        self.assertEqual(answer["card"]["holder"], "Zoé Martin")
        badge = self.env["tibillet.badge"].search([("partner_id", "=", self.zoe.id)])
        self.assertEqual(answer["at"], badge.at.isoformat() + "Z")
        self.assertEqual((badge.card_id, badge.place_id), (self.zoe_card, self.bar_place))
        self.assertEqual((badge.config_id, badge.cashier_id, badge.company_id), (self.till, self.cashier, self.bar))

    def test_a_double_touch_answers_the_same(self):
        first, second = self._badge(self.zoe_card), self._badge(self.zoe_card)
        self.assertEqual(first, second)
        self.assertEqual(self.env["tibillet.badge"].search_count([("card_id", "=", self.zoe_card.id)]), 1)
        first = self._at(0, self.nobody_card)
        self.assertEqual(self._at((REPEAT_SECONDS - 1) / 60, self.nobody_card), first)
        self.assertNotEqual(self._at(REPEAT_SECONDS / 60, self.nobody_card), first)

    def test_another_card_of_the_same_person_goes_on(self):
        other = self._card()
        other._link(self.zoe, witness=self.zoe_card)
        entry = self._at(0)
        self.assertEqual(self._at(60, other).entry_id, entry)

    def test_a_card_that_gets_its_holder_goes_on(self):
        entry = self._at(0, self.nobody_card)
        self.nobody_card._link(self.ann)
        leaving = self._at(60, self.nobody_card)
        self.assertEqual((leaving.entry_id, leaving.partner_id, entry.partner_id.id), (entry, self.ann, False))

    def test_each_place_has_its_own_door(self):
        entry = self._at(0)
        elsewhere = self._at(30, till=self.hall_till)
        self.assertEqual((elsewhere.direction, elsewhere.company_id), ("in", self.hall))
        self.assertEqual(self._at(60).entry_id, entry)

    def test_a_forgotten_exit(self):
        self.bar_place.badge_hours = 10
        self._at(0)
        self.assertEqual(self._at(10 * 60 + 1).direction, "in")
        late = self._at(20 * 60)
        self.assertEqual(late.direction, "out")

    def test_a_new_card_badges(self):
        blank = self._card(state="blank")
        self.assertEqual(self._badge(blank)["direction"], "in")
        self.assertEqual(blank.state, "active")

    # --- refused, with its reason -----------------------------------------------------------------------------------

    def _refused(self, code, card, **params):
        before = self.env["tibillet.badge"].search_count([])
        answer = self._badge(card, **params)
        self.assertEqual((answer["status"], answer["code"]), ("refused", code), answer)
        self.assertEqual(self.env["tibillet.badge"].search_count([]), before)
        return answer["message"]

    def test_blocked_lost_void(self):
        blocked, lost, void = self._card(), self._card(), self._card()
        blocked._block()
        lost._declare_lost()
        void._void()
        self.assertIn("blocked", self._refused("blocked", blocked))
        self.assertIn("lost", self._refused("lost", lost))
        self.assertIn("void", self._refused("void", void))

    def test_unknown(self):
        self.assertIn("not known here", self._refused("unknown", self.zoe_card, uid="04FFEEDDCCBB80"))
        self._refused("uid", self.zoe_card, uid="not a chip")

    def test_of_another_network(self):
        far = self.env["tibillet.place"].create({"name": "Far bar", "slug": "far-bar"})
        batch = self.env["tibillet.card.batch"].sudo().create({"name": "Far cards", "place_id": far.id})
        card = batch._add_cards([{"number": "FARAWAY1", "uid": "04DDEEFF001122", "qr_uuid": "far"}])
        card._activate()
        self.uids[card.id] = "04DDEEFF001122"
        self.assertIn("Far bar, which is not in your network", self._refused("network", card))

    def test_of_the_same_federation(self):
        batch = self.env["tibillet.card.batch"].sudo().create({"name": "Hall cards", "place_id": self.hall_place.id})
        card = batch._add_cards([{"number": "HALLCARD", "uid": "04DDEEFF001133", "qr_uuid": "hall"}])
        card._activate()
        self.uids[card.id] = "04DDEEFF001133"
        self.assertEqual(self._badge(card)["direction"], "in")

    def test_a_closed_till(self):
        self.pos_session.close_session_from_ui()
        self.assertIn("closed", self._refused("session", self.zoe_card))

    def test_a_cashier_who_has_not_tapped_in(self):
        stranger = self._account_user("till_stranger", self.bar, "base.group_user")
        self._refused("access", self.zoe_card, user=stranger)

    # --- the article and the till -----------------------------------------------------------------------------------

    def _article(self, **vals):
        return self.env["product.product"].create(
            {"name": "Volunteers", "tibillet_badge": True, "list_price": 0, "available_in_pos": True, **vals}
        )

    def test_the_articles_price_is_zero(self):
        with self.assertRaisesRegex(ValidationError, "set its price to 0"):
            self._article(list_price=1.0)
        article = self._article()
        with self.assertRaisesRegex(ValidationError, "set its price to 0"):
            article.list_price = 2.0
        self.assertIn("tibillet_badge", article.product_tmpl_id._load_pos_data_fields(self.till))

    def test_the_article_is_nothing_else(self):
        with self.assertRaisesRegex(ValidationError, "choose one of them"):
            self._article(tibillet_asset_id=self.bar_euro.id)

    def _line(self, product, price):
        return {**self._beer_line(), "product_id": product.id, "price_unit": price}

    def test_the_article_is_never_on_a_bill(self):
        article = self._article()
        for price in (0, 5.0):
            with self.assertRefusal("is not sold: touch it, then tap the card"):
                self._sync(self._order([self._line(article, price)], [self._payment(self.till, "cash", 6.0)]))

    def test_a_badge_reader_sells_nothing(self):
        till = self.bar._tibillet_open_till("Door")
        till.tibillet_behaviour = "badge"
        session = self._open_session(till)
        with self.assertRefusal("Nothing is sold here"):
            self._sync(self._order([self._beer_line()], [self._payment(till, "cash", 6.0)], session=session))
        self.assertEqual(self._badge(self.zoe_card, session)["direction"], "in")

    def test_a_badge_reader_has_no_cashier(self):
        till = self.bar._tibillet_open_till("Door")
        till.tibillet_behaviour = "badge"
        with self.assertRaisesRegex(ValidationError, "has no cashier"):
            till.tibillet_cashier_login = True

    # --- for good ---------------------------------------------------------------------------------------------------

    def test_nothing_is_rewritten(self):
        entry = self._at(0)
        with self.assertRaisesRegex(UserError, "not rewritten"):
            entry.at = entry.deadline
        with self.assertRaisesRegex(UserError, "not deleted"):
            entry.unlink()

    def test_an_entry_has_one_exit(self):
        entry, leaving = self._at(0), self._at(60)
        values = {name: leaving[name].id for name in ("card_id", "place_id", "company_id", "config_id", "cashier_id")}
        with self.assertRaisesRegex(UniqueViolation, "one_exit"), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["tibillet.badge"].sudo().create(
                {**values, "at": leaving.at, "direction": "out", "entry_id": entry.id}
            ).flush_recordset()
