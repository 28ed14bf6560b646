from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import tagged

from .common import TicketCase


@tagged("post_install", "-at_install")
class TestPhone(TicketCase):
    """A phone is paired with a door, decides alone, and tells later."""

    def setUp(self):
        super().setUp()
        self.anna, self.bob = self.book(name="Anna"), self.book(name="Bob")
        self.north, self.south = self.env["tibillet.door"].create(
            [{"name": name, "event_id": self.concert.id} for name in ("North", "South")]
        )

    def pair(self, door):
        action = door.with_user(self.manager).action_pair()
        return self.env["tibillet.door.pair"].browse(action["res_id"]).url.partition("#")[2]

    def offline(self, door, registration, key, minutes=5, answer="in", **options):
        """What a phone tells of a scan that it decided alone some minutes ago."""
        at = (fields.Datetime.now() - timedelta(minutes=minutes)).timestamp()
        return {"key": key, "shown": registration.tibillet_token, "at": at, "answer": answer, **options}

    def test_a_code_pairs_one_phone_once(self):
        doors = self.env["tibillet.door"]
        code = self.pair(self.north)
        self.assertTrue(code)
        secret = doors._redeem(code)
        self.assertEqual(doors._of_secret(secret), self.north)
        for bad in (code, "", None, "other"):
            with self.assertRaises(UserError):
                doors._redeem(bad)
        late = self.pair(self.south)
        self.south.sudo().pair_until = fields.Datetime.now() - timedelta(hours=1)
        self.env.flush_all()
        with self.assertRaises(UserError):
            doors._redeem(late)

    def test_who_is_let_out_asks_nothing(self):
        doors = self.env["tibillet.door"]
        secret = doors._redeem(self.pair(self.north))
        self.assertNotIn(secret, str(self.north.sudo().read()), "only its hash is kept")
        self.pair(self.north)
        for unknown in (secret, "", None):
            with self.assertRaises(AccessDenied):
                doors._of_secret(unknown)
        secret = doors._redeem(self.pair(self.north))
        self.north.active = False
        with self.assertRaises(AccessDenied):
            doors._of_secret(secret)

    def test_who_may_pair(self):
        for user in (self.cashier, self.barn_manager, self.accountant):
            with self.assertRaises(AccessError):
                self.north.with_user(user).action_pair()
        with self.assertRaises(AccessError):
            self.north.with_user(self.manager).read(["secret_hash"])

    def test_what_a_phone_is_given(self):
        self.bob.action_cancel()
        self.book(self.elsewhere.event_ticket_ids[0], name="Eve")
        given = self.north._preload()
        self.assertEqual((given["event"]["name"], given["door"]), ("Concert", "North"))
        self.assertEqual({ticket[1]: ticket[3] for ticket in given["tickets"]}, {"Anna": "open", "Bob": "cancel"})
        opens = self.concert.date_begin - timedelta(hours=2)
        self.assertEqual((given["opens"], given["slots"]), (int(opens.timestamp()), {}))
        key = self.env["tibillet.ticket.key"]._current(self.bar)
        self.assertEqual(given["keys"], {str(key.number): key.public_key})
        key.with_user(self.manager).action_revoke()
        self.assertEqual(list(self.north._preload()["keys"]), ["2"])

    def test_a_list_that_did_not_change_is_not_sent_again(self):
        version = self.north._preload()["version"]
        self.assertEqual(self.north._preload(version), {"version": version})
        for change in (
            lambda: self.south._scan(self.anna.tibillet_token, "1"),
            lambda: self.book(name="Eve"),
            lambda: self.bob.action_cancel(),
            lambda: self.env["tibillet.ticket.key"]._current(self.bar).with_user(self.manager).action_rotate(),
            lambda: self.north.write({"name": "East"}),
        ):
            change()
            given = self.north._preload(version)
            self.assertIn("tickets", given)
            version = given["version"]

    def test_two_doors_offline_are_told_who_came_twice(self):
        self.assertFalse(self.north._sync([self.offline(self.north, self.anna, "1", 5)]))
        [twice] = self.south._sync(
            [self.offline(self.south, self.anna, "1", 3), self.offline(self.south, self.bob, "2", 4)]
        )
        self.assertEqual((twice["answer"], twice["name"], twice["door"]), ("already", "Anna", "North"))
        first = self.anna.tibillet_scan_ids.filtered(lambda scan: scan.answer == "in")
        self.assertEqual((first.door, first.offline), ("North", True))
        self.assertLess(first.date, fields.Datetime.now() - timedelta(minutes=4))
        self.assertEqual(self.bob.state, "done")

    def test_told_again_it_counts_once(self):
        scans = [self.offline(self.north, self.anna, "1"), self.offline(self.north, self.bob, "2")]
        for _time in range(3):
            self.assertFalse(self.north._sync(scans))
        self.assertEqual(len(self.anna.tibillet_scan_ids | self.bob.tibillet_scan_ids), 2)
        self.assertEqual(
            self.north._scan(self.anna.tibillet_token, "1")["answer"], "in", "the answer was lost on the way"
        )
        self.assertEqual(self.south._scan(self.anna.tibillet_token, "1")["answer"], "already", "another phone's key")

    def test_in_the_order_of_the_evening(self):
        self.concert.tibillet_reentry = True
        scans = [
            self.offline(self.north, self.anna, "3", 1),
            self.offline(self.north, self.anna, "1", 9),
            self.offline(self.north, self.anna, "2", 5, "out", leave=True),
        ]
        self.assertFalse(self.north._sync(scans))
        self.assertEqual(self.anna.tibillet_scan_ids.sorted("id").mapped("answer"), ["in", "out", "in"])
        self.assertTrue(self.anna.tibillet_inside)

    def test_who_was_refused_did_not_come_in(self):
        """The phone's list was old, or its door not open yet: the person went away."""
        for number, answer in enumerate(("cancelled", "early", "already")):
            self.assertFalse(self.north._sync([self.offline(self.north, self.anna, str(number), 5, answer)]))
        self.assertEqual((self.anna.state, self.anna.tibillet_inside), ("open", False))
        self.assertEqual(self.anna.tibillet_scan_ids.sorted("id").mapped("answer"), ["cancelled", "early", "already"])
        self.assertFalse(self.north._sync([self.offline(self.north, self.anna, "9", 1)]))
        self.assertEqual(self.anna.state, "done")

    def test_a_clock_that_is_ahead_is_not_believed(self):
        self.north._sync([self.offline(self.north, self.anna, "1", -600)])
        self.assertLessEqual(self.anna.tibillet_scan_ids.date, fields.Datetime.now())

    def test_refused_at_the_server_though_a_phone_let_them_in(self):
        self.anna.action_cancel()
        token = self.bob.tibillet_token
        altered = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
        told = self.north._sync([{**self.offline(self.north, self.bob, "1"), "shown": altered}])
        self.assertEqual([line["answer"] for line in told], ["forged"])
        with self.assertRaises(UserError):
            self.north._sync([self.offline(self.north, self.bob, str(number)) for number in range(201)])
