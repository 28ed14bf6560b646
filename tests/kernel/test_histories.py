"""Random histories: the ledger in PostgreSQL answers as the one on paper, and its invariants hold after every act."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .model import Conflict, Paper, Short
from .world import World, ledger

WALLETS = st.integers(0, 3)
ASSETS = st.integers(0, 1)
AMOUNTS = st.integers(1, 60)
KEYS = st.integers(0, 5)
ACTS = st.one_of(
    st.tuples(st.just("top_up"), KEYS, WALLETS, ASSETS, AMOUNTS),
    st.tuples(st.just("transfer"), KEYS, WALLETS, WALLETS, ASSETS, AMOUNTS),
    st.tuples(st.just("hold"), KEYS, WALLETS, AMOUNTS, st.permutations([0, 1])),
    st.tuples(st.just("capture"), KEYS, st.integers(-1, 1), st.booleans()),
    st.tuples(st.just("release"), KEYS),
    st.tuples(st.just("merge"), KEYS, WALLETS, WALLETS),
    st.tuples(st.just("reverse"), KEYS),
)
REFUSALS = (ledger.LedgerError, Short, Conflict)


@pytest.fixture(scope="module")
def world(ledger_database):
    return World(ledger_database, holders=4, name="histories")


class Both:
    """Runs each act on paper and in PostgreSQL, and compares the answers."""

    def __init__(self, world, cr):
        self.world, self.cr, self.paper, self.count = world, cr, Paper(), 0

    def run(self, act):
        self.count += 1
        name, *arguments = act
        expected, wanted = self._try(getattr(self, f"paper_{name}"), arguments)
        self.cr.execute("SAVEPOINT act")
        got, answer = self._try(getattr(self, f"ledger_{name}"), arguments)
        if got is not None:
            self.cr.execute("ROLLBACK TO SAVEPOINT act")
        self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; RELEASE SAVEPOINT act")
        assert (got is None) == (expected is None), f"{act}: ledger {got!r}, paper {expected!r}"
        if isinstance(expected, Short):
            assert isinstance(got, ledger.Insufficient), f"{act}: {got!r}"
        elif got is None and wanted is not None:
            assert answer == wanted, act

    def _try(self, method, arguments):
        try:
            return None, method(*arguments)
        except REFUSALS as error:
            return error, None

    def compare(self):
        for wallet, holder in enumerate(self.world.holders):
            stored = ledger.balances(self.cr, holder)
            for index, asset in enumerate(self.world.assets):
                assert stored.get(asset, (0, 0)) == (self.paper.amount[wallet, index], self.paper.held[wallet, index])
        assert self.world.sums(self.cr) == ([], [])

    def paper_top_up(self, key, wallet, asset, amount):
        self.paper.post(f"top_up{key}", {(wallet, asset): amount})

    def ledger_top_up(self, key, wallet, asset, amount):
        w = self.world
        ledger.post(self.cr, w.entry(f"top_up{key}", "top_up", w.tills[0], w.holders[wallet], w.assets[asset], amount))

    def paper_transfer(self, key, source, target, asset, amount):
        if source == target:
            raise Conflict
        self.paper.post(f"transfer{key}", {(source, asset): -amount, (target, asset): amount})

    def ledger_transfer(self, key, source, target, asset, amount):
        w = self.world
        entry = w.entry(f"transfer{key}", "transfer", w.holders[source], w.holders[target], w.assets[asset], amount)
        ledger.post(self.cr, entry)

    def paper_hold(self, key, wallet, amount, order):
        return self.paper.hold(key, wallet, amount, order)

    def ledger_hold(self, key, wallet, amount, order):
        w = self.world
        hold = ledger.hold(
            self.cr, f"tap{key}", w.holders[wallet], amount, [w.assets[i] for i in order], w.places[0], "till:1"
        )
        return {w.assets.index(asset): part for asset, part in hold.lines}

    def _held(self, key, offset):
        hold = self.paper.holds.get(key)
        return (hold["asked"][1] if hold else 10) + offset

    def paper_capture(self, key, offset, late):
        self.paper.capture(key, self._held(key, offset), late)

    def ledger_capture(self, key, offset, late):
        w = self.world
        amount = self._held(key, offset)
        ledger.post(self.cr, ledger.Capture(f"tap{key}", f"tap{key}", amount, w.tills[1], w.places[1], late=late))

    def paper_release(self, key):
        return self.paper.release(key)

    def ledger_release(self, key):
        return ledger.release(self.cr, f"tap{key}")

    def paper_merge(self, _key, source, target):
        if source == target:
            raise Conflict
        self.paper.merge(source, target, (0, 1))

    def ledger_merge(self, key, source, target):
        w = self.world
        ledger.merge(self.cr, f"merge{key}.{self.count}", w.holders[source], w.holders[target], w.places[0])

    def paper_reverse(self, key):
        self.paper.reverse(f"top_up{key}")

    def ledger_reverse(self, key):
        ledger.reverse(self.cr, f"reverse{key}.{self.count}", f"top_up{key}", self.world.places[0])


@settings(
    max_examples=2000, deadline=None, print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(acts=st.lists(ACTS, min_size=1, max_size=12))
def test_every_history_is_that_of_the_paper(world, connection, acts):
    with connection.cursor() as cr:
        both = Both(world, cr)
        for act in acts:
            both.run(act)
        both.compare()
    connection.rollback()


@settings(
    max_examples=100, deadline=None, print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(acts=st.lists(ACTS, min_size=10, max_size=40))
def test_verify_agrees_with_every_history(world, connection, acts):
    with connection.cursor() as cr:
        both = Both(world, cr)
        for act in acts:
            both.run(act)
        ledger.anchor(cr, "history")
        report = ledger.verify(cr)
        assert report.ok, report.breaks
    connection.rollback()


@pytest.fixture(scope="module")
def connection(world):
    connection = world.connect("REPEATABLE READ")
    yield connection
    connection.close()
