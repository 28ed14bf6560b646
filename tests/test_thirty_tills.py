"""Thirty tills of a French company on two servers at once: no order lost or refused, one chain, whatever is killed."""

import threading
from time import monotonic, sleep

import pytest

from .tills import cash_order, held_order, open_tills, sync

TILLS, EACH, CARDS = 30, 3, 30
SEALED = "SELECT count(*) FROM pos_order WHERE l10n_fr_secure_sequence_number > 0"
CHAIN = "SELECT id, l10n_fr_secure_sequence_number FROM pos_order ORDER BY l10n_fr_secure_sequence_number"
CHECK = """
company = env["res.company"].browse({company})
result = company.with_company(company)._check_pos_hash_integrity()
"""


@pytest.fixture
def venue(database):
    return open_tills(database, TILLS, cards=CARDS, balance=100_000)


def sealed_by_itself(database, count, seconds=30):
    """Wait until so many orders are sealed, with nobody asking for it."""
    deadline = monotonic() + seconds
    while database.rows(SEALED) != [(count,)]:
        assert monotonic() < deadline, database.rows(CHAIN)
        sleep(0.1)


def sound(database, venue):
    """What Odoo's own inalterability check says of the chain."""
    report = database.shell(CHECK.format(company=venue["company_id"]))
    assert (report["corrupted_orders"], report["msg_alert"]) == ("None", "None")


def sell(database, venue, clients, each):
    """Each till sends its orders, all tills at once, card and cash in turn; return the errors."""
    errors, gate = [], threading.Barrier(TILLS)
    connection = database.connect()
    with connection.cursor() as cr:
        orders = {
            number: [
                held_order(venue, till, cr, number % CARDS) if turn % 2 else cash_order(venue, till)
                for turn in range(each)
            ]
            for number, till in enumerate(venue["tills"])
        }
    connection.close()

    def till(number):
        client = clients[number % len(clients)].clone()
        gate.wait()
        for order in orders[number]:
            answer = client.send("/web/dataset/call_kw", sync(order))
            if not answer.get("result", {}).get("pos.order"):
                errors.append(answer)

    threads = [threading.Thread(target=till, args=[number]) for number in range(TILLS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_thirty_tills_on_two_servers_seal_one_chain(database, venue, make_server):
    clients = [make_server(database).client(venue["login"], venue["login"]) for _server in range(2)]
    assert sell(database, venue, clients, EACH) == []
    sealed_by_itself(database, TILLS * EACH)
    assert [number for _id, number in database.rows(CHAIN)] == list(range(1, TILLS * EACH + 1))
    references = database.rows("SELECT pos_reference, config_id FROM pos_order")
    assert len(set(references)) == TILLS * EACH
    sound(database, venue)


def test_two_devices_of_one_till_refuse_nothing_of_each_other(database, venue, make_server):
    client = make_server(database).client(venue["login"], venue["login"])
    one_till = venue | {"tills": venue["tills"][:1] * TILLS}
    assert sell(database, one_till, [client], 1) == []
    numbers = database.rows("SELECT sequence_number FROM pos_order")
    assert len(set(numbers)) == TILLS


def test_killed_between_payment_and_seal(database, venue, make_server):
    server = make_server(database)
    client = server.client(venue["login"], venue["login"])
    till = venue["tills"][0]
    client.post("/web/dataset/call_kw", sync(cash_order(venue, till)))
    sealed_by_itself(database, 1)
    client.post("/web/dataset/call_kw", sync(cash_order(venue, till)))
    server.kill()
    assert database.rows(SEALED) == [(1,)]
    server.start()
    client = server.client(venue["login"], venue["login"])
    client.post("/web/dataset/call_kw", sync(cash_order(venue, till)))
    sealed_by_itself(database, 3)
    chain = database.rows(CHAIN)
    assert chain == sorted(chain)
    sound(database, venue)


def test_a_till_closes_while_the_others_sell(database, venue, make_server):
    client = make_server(database).client(venue["login"], venue["login"])
    closing, others = venue["tills"][0], venue | {"tills": venue["tills"][1:] + venue["tills"][-1:]}
    for _number in range(5):
        client.post("/web/dataset/call_kw", sync(cash_order(venue, closing)))
    errors = []
    selling = threading.Thread(target=lambda: errors.extend(sell(database, others, [client], EACH)))
    selling.start()
    mine = client.clone()
    mine.call("pos.session", "post_closing_cash_details", [closing.session_id], counted_cash=25.0)
    assert mine.call("pos.session", "close_session_from_ui", [closing.session_id]) == {"successful": True}
    selling.join()
    assert errors == []
    sealed_by_itself(database, 5 + TILLS * EACH)
    assert database.rows(f"SELECT DISTINCT state FROM pos_order WHERE session_id = {closing.session_id}") == [("done",)]
    sound(database, venue)
