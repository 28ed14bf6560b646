"""Seats counted and held in PostgreSQL, where two buyers meet: ``seats.sql`` says how, here are the words for it."""

from contextlib import contextmanager
from pathlib import Path

import psycopg2

from odoo.addons.tibillet_base.ledger import statement_cursor

SOLD_OUT = "TBSEA"


class SoldOut(Exception):
    """A quota has fewer seats left than asked.

    :param str scope: 'event', 'quota' or 'ticket'
    :param int ref: the id of the event, the quota or the price
    :param int left: seats left in it
    """

    def __init__(self, scope, ref, left):
        super().__init__(f"{left} left of {scope} {ref}")
        self.scope, self.ref, self.left = scope, ref, left


def install(cr):
    """Create what lacks and renew functions and trigger."""
    source = (Path(__file__).parent / "seats.sql").read_text(encoding="utf-8")
    cr.execute(source.replace("%", "%%"), ())


def remove(cr):
    """Drop trigger, functions and tables."""
    cr.execute(
        r"""DROP TRIGGER IF EXISTS tibillet_seat_counted ON event_registration;
            DROP TABLE IF EXISTS tibillet_seat_hold, tibillet_seat_count CASCADE;
            DO $$
            DECLARE
                found record;
            BEGIN
                FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
                              WHERE pronamespace = current_schema::regnamespace AND proname LIKE 'tibillet\_seat\_%' LOOP
                    EXECUTE format('DROP FUNCTION %s', found.name);
                END LOOP;
            END $$"""
    )


@contextmanager
def translated():
    """Raise PostgreSQL's "sold out" as :class:`SoldOut`."""
    try:
        yield
    except psycopg2.Error as error:
        if error.pgcode != SOLD_OUT:
            raise
        scope, ref, left = error.diag.message_detail.split()
        raise SoldOut(scope, int(ref), int(left)) from error


def hold(env, key, wanted, minutes):
    """Hold seats under `key`, committed at once, all or none; a key asked again replaces what it held.

    A transaction that began before does not see it: commit, or begin another, before attendees take the seats.

    :param wanted: {(event id, slot id or None, ticket id or None): seats}
    :raise SoldOut: then nothing changed
    """
    rows = sorted(wanted.items(), key=lambda item: [part or 0 for part in item[0]])
    keys, events, slots, tickets, seats = [], [], [], [], []
    for (event, slot, ticket), count in rows:
        keys.append(key)
        events.append(event)
        slots.append(slot)
        tickets.append(ticket)
        seats.append(count)
    with translated(), statement_cursor(env) as cr:
        # One statement, so that all are held or none.
        cr.execute(
            """SELECT tibillet_seat_hold_set(row.key, row.event, row.slot, row.ticket, row.seats,
                                             now() AT TIME ZONE 'UTC' + make_interval(mins => %s))
                 FROM unnest(%s::text[], %s::int[], %s::int[], %s::int[], %s::int[])
                      WITH ORDINALITY AS row (key, event, slot, ticket, seats, rank) ORDER BY row.rank""",
            [minutes, keys, events, slots, tickets, seats],
        )


def trim(env, key, wanted):
    """Give back what `key` holds above `wanted`, in the caller's transaction: it goes with what the caller writes.

    :param wanted: {(event id, slot id or None, ticket id or None): seats at most}
    """
    env.cr.execute(
        """SELECT event_id, slot_id, ticket_id, seats, expires_at FROM tibillet_seat_hold
            WHERE key = %s AND seats > 0 ORDER BY event_id, slot_id, ticket_id""",
        [key],
    )
    for event, slot, ticket, count, until in env.cr.fetchall():
        left = wanted.get((event, slot, ticket), 0)
        if left < count:
            env.cr.execute(
                "SELECT tibillet_seat_hold_set(%s, %s, %s, %s, %s, %s)", [key, event, slot, ticket, left, until]
            )


def release(env, key):
    """Give back what `key` still holds, committed at once; returns the seats given back (int)."""
    with statement_cursor(env) as cr:
        cr.execute(
            """WITH old AS (SELECT * FROM tibillet_seat_hold WHERE key = %s AND seats > 0)
               SELECT COALESCE(sum(old.seats), 0),
                      count(tibillet_seat_hold_set(old.key, old.event_id, old.slot_id, old.ticket_id, 0, old.expires_at))
                 FROM old""",
            [key],
        )
        return cr.fetchone()[0]


def expire(env):
    """Give back every hold whose time is over, committed at once; returns the seats given back (int)."""
    with statement_cursor(env) as cr:
        cr.execute("SELECT tibillet_seat_expire()")
        return cr.fetchone()[0]
