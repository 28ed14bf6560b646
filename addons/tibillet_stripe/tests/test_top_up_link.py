import re
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import keyring
from odoo.addons.tibillet_website.tests.common import WebCase

from .common import SECRET, StripeCase


@tagged("post_install", "-at_install")
class TestTopUpLink(StripeCase, HttpCase):
    """A link of 20.00 for Ann, paid on Stripe's page."""

    assertShown = WebCase.assertShown

    def setUp(self):
        super().setUp()
        english = self.env.ref("base.lang_en")
        self.env["website"].search([]).write({"default_lang_id": english.id, "language_ids": [(6, 0, english.ids)]})
        self.startPatcher(patch.object(keyring, "is_original", lambda _env: True))
        self.link = self.make()

    def make(self, **values):
        given = {"wallet_id": self.ann_wallet.id, "asset_id": self.bar_euro.id, "amount": 20.0, **values}
        return self.env["tibillet.top.up.link"].sudo().create(given)

    def look(self, link=None, query=""):
        page = self.url_open(f"/top-up/{(link or self.link).token}{query}")
        self.env.invalidate_all()
        return page

    def press(self, link=None):
        """The button *Pay*; the answer leads to Stripe's page."""
        address = f"/top-up/{(link or self.link).token}"
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(address).text)[1]
        answer = self.url_open(address, data={"csrf_token": csrf}, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def tell(self, kind, name="cs_1", event="evt_1"):
        body = self.stripe.message(kind, self.stripe.sessions[name], event)
        headers = {"Content-Type": "application/json", "Stripe-Signature": self.stripe.sign(body, SECRET)}
        status = self.url_open(f"/payment/stripe/tibillet/{self.provider.id}", data=body, headers=headers).status_code
        self.env.invalidate_all()
        return status

    def asked(self):
        return [
            form for method, path, form, _headers in self.stripe.asked if method == "POST" and path.endswith("sessions")
        ]

    def test_paid_on_stripes_page_it_is_on_the_wallet_once_and_in_the_books(self):
        page = self.look()
        self.assertShown("20.00", page)
        self.assertNotIn("Ann", page.text)
        self.assertFalse(self.stripe.asked)
        answer = self.press()
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, f"{self.stripe.url}/c/pay/cs_1"))
        self.stripe.pay("cs_1")
        for event in ("evt_1", "evt_1", "evt_2"):
            self.assertEqual(self.tell("checkout.session.completed", event=event), 200)
        self.assertEqual((self.link.state, self.link.tx_id.tibillet_state, self.held()), ("paid", "credited", 2000))
        self.assertEqual(self.link.tx_id.provider_reference, "pi_cs_1")
        self.assertShown("Thank you", self.look(query="?back=1"))
        self.assertShown("Thank you", self.url_open(f"/top-up/{self.link.token}"))
        self.assertControlZero(self.bar_euro)

    def test_pressed_twice_it_is_the_same_page(self):
        first, second = self.press(), self.press()
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual((len(self.asked()), len(self.stripe.sessions)), (1, 1))

    def test_run_again_after_a_lost_commit_stripe_answers_with_the_same_page(self):
        with self.env.cr.savepoint(flush=True) as undone:
            first = self.link._checkout()
            undone.rollback()
        self.env.invalidate_all()
        self.assertFalse(self.link.tx_id)
        self.assertEqual((self.link._checkout(), len(self.stripe.sessions)), (first, 1))

    def test_who_comes_back_before_the_message_is_credited_too(self):
        self.press()
        self.stripe.pay("cs_1")
        self.assertShown("Thank you", self.look(query="?back=1"))
        self.tell("checkout.session.completed")
        self.assertEqual(self.held(), 2000)

    def test_sepa_that_settles_and_one_that_fails(self):
        self.press()
        self.stripe.pay("cs_1", "processing")
        self.tell("checkout.session.completed")
        self.assertEqual((self.link.tx_id.state, self.held()), ("pending", 0))
        self.assertShown("On its way", self.look())
        self.stripe.pay("cs_1")
        self.tell("checkout.session.async_payment_succeeded", event="evt_2")
        self.assertEqual((self.link.state, self.held()), ("paid", 2000))
        other = self.make()
        self.press(other)
        self.stripe.pay("cs_2", "requires_payment_method")
        self.tell("checkout.session.async_payment_failed", "cs_2", "evt_3")
        self.assertEqual((other.state, other.tx_id.state, self.held()), ("open", "error", 2000))
        self.assertTrue(self.press(other).headers["Location"].endswith("cs_3"))

    def test_another_amount_currency_or_payment_is_refused(self):
        for number, changed in enumerate(
            ({"amount_total": 100}, {"currency": "usd"}, {"client_reference_id": "TOPUP-LINK-OF-BOB"}), 1
        ):
            with self.subTest(changed=changed):
                link = self.make()
                self.press(link)
                self.stripe.pay(f"cs_{number}", **changed)
                self.tell("checkout.session.completed", f"cs_{number}", f"evt_{number}")
                self.assertEqual((link.tx_id.state, link.state, self.held()), ("error", "open", 0))

    def test_a_message_that_lies_changes_nothing(self):
        self.press()
        said = {**self.stripe.sessions["cs_1"], "status": "complete", "payment_status": "paid"}
        with patch.dict(self.stripe.sessions, {"cs_said": said}):
            self.tell("checkout.session.completed", "cs_said")
        self.assertEqual((self.link.tx_id.state, self.held()), ("draft", 0))

    def test_over_closed_and_unknown_links_take_nothing(self):
        self.press()
        self.link.action_close()
        self.assertEqual((self.link.state, self.stripe.sessions["cs_1"]["status"]), ("closed", "expired"))
        late = self.make(expires_at=fields.Datetime.subtract(fields.Datetime.now(), hours=1))
        for token in (self.link.token, late.token, "nobody"):
            page = self.url_open(f"/top-up/{token}")
            self.assertEqual(page.status_code, 404)
            self.assertShown("This link is over", page)

    def test_what_the_wallet_may_not_hold_is_not_paid(self):
        self.bar_euro.ceiling = 2500
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        answer = self.press()
        self.assertShown("One wallet holds at most", answer)
        self.assertEqual((self.stripe.asked, self.link.tx_id.ids), ([], []))

    def test_stripe_silent_or_a_copy_of_the_database_takes_nothing(self):
        with patch.object(keyring, "is_original", lambda _env: False):
            self.assertShown("takes no payment", self.press())
        self.stripe.stop()
        with mute_logger("stripe"):
            self.assertShown("does not answer", self.press())
        self.assertEqual((self.link.tx_id.ids, self.link.attempts), ([], 0))

    def test_only_a_person_and_within_the_bounds(self):
        card = self.env["tibillet.wallet"].sudo().search([("card_id", "!=", False)], limit=1)
        wallets = card or self.bar_place.sudo().wallet_id
        for values in ({"amount": 4.0}, {"amount": 201.0}, {"wallet_id": wallets.id}):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.make(**values)

    def test_who_must_not(self):
        manager = self._account_user("t_link_bar", self.bar, "base.group_user", "tibillet_base.group_manager")
        other = self._account_user("t_link_hall", self.hall, "base.group_user", "tibillet_base.group_manager")
        cashier = self._account_user("t_link_till", self.bar, "base.group_user", "tibillet_base.group_cashier")
        holder = new_test_user(self.env, "t_link_bob", groups="base.group_portal", partner_id=self.bob.id)
        values = {"wallet_id": self.ann_wallet.id, "asset_id": self.bar_euro.id, "amount": 20.0}
        links = self.env["tibillet.top.up.link"].sudo(False)
        mine = links.with_user(manager).create({**values, "token": "guessed", "state": "paid"})
        self.assertNotEqual((mine.token, mine.state), ("guessed", "paid"))
        self.assertEqual(mine.state, "open")
        self.assertIn(mine.token, mine.url)
        with self.assertRaises(AccessError):
            mine.amount = 50.0
        for user in (other, cashier, holder, self.public_user):
            with self.subTest(user=user.id):
                with self.assertRaises(AccessError):
                    mine.with_user(user).read(["token"])
                with self.assertRaises(AccessError):
                    links.with_user(user).create(values)
                with self.assertRaises(AccessError):
                    mine.with_user(user).action_close()
