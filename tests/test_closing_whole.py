"""Closings of real servers: two at once, after a crash, and what `./tibillet verify` says of all that they left."""

import shutil
from zipfile import ZipFile

import pytest

from .test_suite_life import UNINSTALL
from .test_verify import verify
from .tills import cash_order, held_order, open_tills, sync
from .together import at_once

TILLS = 6
NUMBERS = "SELECT number FROM tibillet_closing WHERE level = 'session' ORDER BY id"
BOOKS = """
from datetime import timedelta
from odoo import fields
from odoo.tests import freeze_time
company = env["res.company"].browse({company})
env = env(context=dict(env.context, allowed_company_ids=company.ids))
order = env["pos.order"].search([], order="id", limit=1)
methods = order.session_id.payment_method_ids
cash = methods.filtered("is_cash_count")
bank = methods.filtered(lambda method: method.type == "bank" and not method.use_payment_terminal)[:1]
env["tibillet.payment.correction"]._correct(order, cash, bank, "wrong button")
for session in order.session_id | env["pos.session"].search([("state", "=", "opened"), ("order_ids", "!=", False)]):
    session.post_closing_cash_details(session.cash_register_balance_end)
    assert session.close_session_from_ui() == {{"successful": True}}
    env.cr.commit()
today = fields.Date.today()
made = env["tibillet.archive"]._make(company, today - timedelta(days=1), today)
open({file!r}, "wb").write(made._zip())
with freeze_time(fields.Datetime.now() + timedelta(days=800)):
    env["tibillet.closing"]._close_due()
made.action_verify()
env.cr.commit()
result = env["tibillet.closing"].search([]).mapped("level")
"""


@pytest.fixture
def venue(database):
    return open_tills(database, TILLS, cards=1, balance=100_000)


def alter(database, query):
    """As whoever owns the database may: no trigger fires."""
    connection = database.connect()
    with connection, connection.cursor() as cr:
        cr.execute("SET session_replication_role = replica")
        cr.execute(query)
        assert cr.rowcount
    connection.close()


def close(client, till, counted):
    client.call("pos.session", "post_closing_cash_details", [till.session_id], counted_cash=counted)
    return client.call("pos.session", "close_session_from_ui", [till.session_id])


def closing(client, till, counted):
    return lambda: close(client.clone(), till, counted)


def test_tills_that_close_at_once_on_two_servers_make_one_line(database, venue, make_server):
    clients = [make_server(database).client(venue["login"], venue["login"]) for _server in range(2)]
    for till in venue["tills"]:
        clients[0].post("/web/dataset/call_kw", sync(cash_order(venue, till)))
    answers = at_once(*[closing(clients[number % 2], till, 5.0) for number, till in enumerate(venue["tills"])])
    assert answers == [{"successful": True}] * TILLS
    assert database.rows(NUMBERS) == [(number,) for number in range(1, TILLS + 1)]
    done = verify(database.name)
    assert (done.returncode, "chain of closings" in done.stdout) == (0, True), done.stdout


def test_a_till_that_crashed_between_payment_and_sync_closes_with_its_sale_once(database, venue, make_server):
    server, till = make_server(database), venue["tills"][0]
    connection = database.connect()
    with connection.cursor() as cr:
        paid = held_order(venue, till, cr, 0)
    connection.close()
    server.kill()
    server.start()
    client = server.client(venue["login"], venue["login"])
    for _again in range(2):
        client.post("/web/dataset/call_kw", sync(paid))
    assert close(client, till, 0.0) == {"successful": True}
    assert database.rows("SELECT total_sales FROM tibillet_closing") == [(5,)]
    assert database.rows("SELECT count(*) FROM pos_order WHERE state = 'done'") == [(1,)]
    assert database.rows("SELECT count(*) FROM tibillet_ledger_transaction WHERE key LIKE 'pos.payment:%'") == [(1,)]
    assert verify(database.name).returncode == 0


def test_verify_is_green_then_red_where_it_was_altered(database, venue, make_server, tmp_path):
    server = make_server(database)
    client = server.client(venue["login"], venue["login"])
    for till in venue["tills"][:2]:
        client.post("/web/dataset/call_kw", sync(cash_order(venue, till)))
    server.stop()
    file = tmp_path / "archive.zip"
    levels = database.shell(BOOKS.format(company=venue["company_id"], file=str(file)))
    assert sorted(levels) == ["day", "month", "session", "session", "year"]
    done = verify(database.name)
    assert (done.returncode, "chain of closings" in done.stdout) == (0, True), done.stdout
    done = verify(str(file))
    assert (done.returncode, "holds" in done.stdout) == (0, True), done.stdout
    assert "cannot be uninstalled" in database.shell(UNINSTALL.replace("tibillet_base", "tibillet_pos_closing"))

    for table, column, value, said in (
        ("tibillet_closing", "total_sales", "1", "closing day 1 of company {company}: its totals were altered"),
        (
            "tibillet_archive_entry",
            "payload",
            "'{{}}'",
            "archive entry 1 of company {company}: its content was altered",
        ),
    ):
        kept = "level = 'day'" if table == "tibillet_closing" else "number = 1"
        [(before,)] = database.rows(f"SELECT {column}::text FROM {table} WHERE {kept}")
        alter(database, f"UPDATE {table} SET {column} = {value.format()} WHERE {kept}")
        done = verify(database.name)
        assert (done.returncode, said.format(company=venue["company_id"]) in done.stdout) == (1, True), done.stdout
        alter(database, f"UPDATE {table} SET {column} = '{before}' WHERE {kept}")
    assert verify(database.name).returncode == 0


def test_verify_names_the_altered_file_of_an_archive(tmp_path):
    file = tmp_path / "archive.zip"
    with ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "{}")
    done = verify(str(file))
    assert (done.returncode, "manifest.json: it lacks" in done.stdout) == (1, True), done.stdout
    shutil.copy(__file__, file)
    assert "no ZIP file" in verify(str(file)).stdout
    assert "There is no archive" in verify(str(tmp_path / "none.zip")).stdout
