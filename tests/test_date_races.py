"""The dates of a series, asked for by several at the same moment: each is made once."""

from .series import EVENT
from .server import Refused
from .together import at_once

CLICKS = 4


def dates(database):
    return database.rows(
        """SELECT tibillet_recurrence_id, count(*), count(DISTINCT tibillet_recurrence_date) FROM event_event
            WHERE tibillet_recurrence_id IS NOT NULL GROUP BY 1"""
    )


def attempt(call):
    try:
        return bool(call())
    except Refused as refusal:
        assert "repeated already" in refusal.message, refusal
        return False


def test_repeat_is_clicked_by_several(database, make_server):
    event, start = database.shell(EVENT)
    server = make_server(database)
    server.expect(r"odoo\.sql_db: bad query: .*(could not serialize access|duplicate key)")
    server.expect(r"odoo\.http: .*repeated already")
    clients = [server.client("manager", "manager") for _one in range(CLICKS)]
    values = {"model_event_id": event, "date_start": start, "freq": "daily", "count": 20}
    answers = at_once(
        *(
            lambda client=client: attempt(lambda: client.call("tibillet.event.recurrence", "create", [values]))
            for client in clients
        )
    )
    assert answers.count(True) == 1
    [[series, events, days]] = dates(database)
    assert (events, days) == (20, 20)
    # The rule is changed by all of them at once: whoever is last decides, and no date is there twice.
    at_once(
        *(
            lambda client=client, number=number: client.call(
                "tibillet.event.recurrence", "write", [series], {"count": 22 + number}
            )
            for number, client in enumerate(clients)
        )
    )
    [[_series, events, days]] = dates(database)
    [[count]] = database.rows("SELECT count FROM tibillet_event_recurrence")
    assert events == days == count
