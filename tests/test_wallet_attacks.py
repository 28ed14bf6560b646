"""Nobody reads or moves what is not theirs: hostile holders, cashiers and venues against one real server, by plain HTTP."""

import re

import pytest
import requests

from .attacks import ANNA, BEN, CASHIERS, EVE, HARMLESS, NOBODY, NOISE, NOT_THEIRS, refused, serve
from .server import Refused


@pytest.fixture(scope="module")
def world(template):
    """One server on one clone for all of this file."""
    yield from serve(template)


# --- by RPC -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anna", "cashier"])
def test_every_public_method_is_refused_or_known(world, who):
    """A new public method fails here until somebody has read it."""
    person, answered = world.sign_in(who), set()
    for model, methods in world["methods"].items():
        for method, needed, on_records in methods:
            ids = [world["theirs"].get(model, [1])[:1]] if on_records else []
            if not refused(person, model, method, *ids, *["1"] * needed):
                answered.add(f"{model}.{method}")
    assert not answered - HARMLESS - (CASHIERS if who == "cashier" else set()), "\n".join(answered)


@pytest.mark.parametrize("who", ["anna", "cashier", "accountant", "bar"])
def test_nothing_of_the_neighbour_is_read_written_or_deleted(world, who):
    """`who` belongs to the bar or to nobody; `theirs` are records of the grange."""
    person = world.sign_in(who)
    assert len(world["theirs"]) > 12, world["theirs"]
    for model, ids in world["theirs"].items():
        for method, arguments in (
            ("read", [ids, ["id", "display_name"]]),
            ("web_read", [ids, {"display_name": {}}]),
            ("copy", [ids]),
            ("write", [ids, {"create_date": "2020-01-01 00:00:00"}]),
            ("unlink", [ids]),
        ):
            assert refused(person, model, method, *arguments), (model, method)
        try:
            assert not set(person.call(model, "search", [["id", "in", ids]])), model
        except Refused as answer:
            assert answer.name in NOT_THEIRS
        grange = {"allowed_company_ids": [world["grange"]["company_id"]]}
        try:
            # A holder is at home in every venue's shop, and finds there what is their own: here nothing.
            assert (person.call(model, "search_read", [], ["id"], context=grange), who) == ([], "anna"), model
        except Refused as answer:
            assert answer.name in NOT_THEIRS


@pytest.mark.parametrize("who", ["anna", "cashier"])
def test_no_money_moves_by_json_2(world, who):
    ben = world["ben"]
    before = world.balance("ben")
    for model, method, arguments in (
        ("tibillet.wallet", "search_read", {"domain": []}),
        ("tibillet.card", "search_read", {"domain": []}),
        ("tibillet.card", "action_declare_lost", {"ids": [ben["card"]]}),
        ("tibillet.card", "action_void", {"ids": [ben["card"]]}),
        ("tibillet.card", "write", {"ids": [ben["card"]], "vals": {"partner_id": world["anna"]["partner"]}}),
        ("tibillet.login.link", "create", {"vals_list": [{"email": EVE, "digest": "x"}]}),
        ("tibillet.ledger.posting", "create", {"vals_list": [{"amount": 1}]}),
        ("tibillet.wallet.operation", "create", {"vals_list": [{}]}),
        ("payment.transaction", "search_read", {"domain": []}),
        ("payment.transaction", "write", {"ids": [world["payments"]["ben"]], "vals": {"state": "done"}}),
        ("account.move", "action_post", {"ids": world["theirs"]["account.move"]}),
        ("res.partner", "write", {"ids": [ben["partner"]], "vals": {"email": EVE}}),
        ("res.partner", "unlink", {"ids": [ben["partner"]]}),
    ):
        answer = world.json_2(who, model, method, **arguments)
        assert answer.status_code in (403, 422), (model, method, answer.status_code, answer.text[:300])
    token = world.json_2(who, "payment.token", "read", ids=[world["token"]], fields=["payment_details"])
    assert token.status_code == 403
    assert world.balance("ben") == before


@pytest.mark.parametrize("method", ["_ask", "_sign_up", "_user", "_open"])
def test_what_begins_with_an_underscore_is_not_called(world, method):
    anna = world.sign_in("anna")
    assert refused(anna, "tibillet.login.link", method, [1])
    assert world.json_2("anna", "tibillet.login.link", method, ids=[1]).status_code in (403, 404)


def test_an_accountant_fills_no_wallet(world):
    accountant, payment = world.sign_in("accountant"), [world["payments"]["anna"]]
    eve = {"tibillet_wallet_id": world["eve"]["wallet"]}
    for values in ({"state": "done"}, eve, {"tibillet_state": "credited"}, {"amount": 2000.0}):
        assert refused(accountant, "payment.transaction", "write", payment, values), values
    rows = world.database.rows("SELECT state, tibillet_wallet_id FROM payment_transaction WHERE id = %s", payment[0])
    assert rows == [("draft", world["anna"]["wallet"])]


# --- by page ----------------------------------------------------------------------------------------------------------


def test_pages_show_their_holder_alone(world):
    anna, ben = world.sign_in("anna").session, world["ben"]
    for path in (
        "/my/wallet",
        f"/my/wallet?wallet={ben['wallet']}&partner_id={ben['partner']}&page=999999",
        f"/my/wallet/data?wallet_id={ben['wallet']}",
        f"/my/wallet/top-up?asset={world['grange']['asset_id']}&partner_id={ben['partner']}&wallet={ben['wallet']}",
    ):
        page = world.get(anna, path)
        assert page.status_code == 200, path
        assert ben["number"] not in page.text, path
        assert BEN not in page.text, path
    own = world.get(anna, "/my/wallet/data").json()
    assert [card["number"] for card in own["cards"]] == [world["anna"]["number"]]
    for path in (
        f"/report/pdf/tibillet_base.report_wallet/{ben['wallet']}",
        f'/report/html/tibillet_base.report_wallet/{ben["wallet"]}?context={{"tibillet_holder": true}}',
        f"/my/wallet/top-up/done/{world['payments']['ben']}",
        f"/web/content/res.partner/{ben['partner']}/image_1920",
        "/tibillet/archive/1",
        "/odoo/tibillet-cards",
    ):
        assert BEN not in (page := world.get(anna, path)).text
        assert page.status_code in (403, 404) or "/my" in page.url or "/web/login" in page.url or not page.content, path


def test_forms_touch_their_holder_alone(world):
    session, ben = world.sign_in("anna").session, world["ben"]
    lost = world.post(session, f"/my/wallet/card/{ben['card']}/lost", "/my/wallet")
    assert lost.status_code == 404
    world.post(session, "/my/wallet/erase", "/my/wallet", partner_id=ben["partner"])
    key = "11111111-1111-4111-8111-111111111111"
    back = world.post(
        session, "/my/wallet/give-back", "/my/wallet",
        asset=world["bar"]["asset_id"], amount="5", key=key, wallet=ben["wallet"],
    )  # fmt: skip
    assert "At most" in back.text
    query = "SELECT state, partner_id FROM tibillet_card WHERE id = %s"
    assert world.database.rows(query, ben["card"]) == [("active", ben["partner"])]
    assert world.database.rows(query, world["anna"]["card"]) == [("active", world["anna"]["partner"])]


def test_every_form_wants_its_token(world):
    """Another site that posts in a holder's name."""
    session = world.sign_in("anna").session
    for path in world["posts"]:
        answer = session.post(f"{world.server.url}{path}", data={"asset": "1"}, timeout=60, allow_redirects=False)
        assert answer.status_code == 400, (path, answer.status_code)
    assert len(world["posts"]) >= 8


# --- links in mails ---------------------------------------------------------------------------------------------------


def test_a_link_dies_by_its_use_and_by_nothing_else(world):
    world.forget_links()
    world.ask(ANNA)
    door = world.door()
    for look in (requests.head, requests.get, requests.get, requests.post):
        look(world.server.url + door, timeout=60)  # what scans mails opens it, not once
    visitor = world.visitor()
    before = visitor.cookies.get("session_id")
    inside = world.post(visitor, "/wallet/in/open", door)
    assert inside.url.endswith("/my/wallet")
    assert visitor.cookies["session_id"] != before
    for other in (visitor, world.visitor()):
        assert world.get(other, door).status_code == 410
    assert world.get(world.visitor(), door[:-1] + ("A" if door[-1] != "A" else "B")).status_code == 410


def test_a_session_that_was_planted_is_not_signed_in(world):
    world.forget_links()
    victim = world.ask(ANNA)
    planted = victim.cookies["session_id"]
    world.post(victim, "/wallet/in/open", world.door())
    attacker = world.visitor()
    attacker.cookies.set("session_id", planted)
    assert world.get(attacker, "/my/wallet", allow_redirects=False).headers["Location"].endswith("/wallet")


def test_an_older_link_and_a_late_one(world):
    world.forget_links()
    world.ask(ANNA)
    world.database.rows("UPDATE tibillet_login_link SET expires_at = now() AT TIME ZONE 'UTC' RETURNING 1")
    assert world.get(world.visitor(), world.door()).status_code == 410


def test_no_address_leads_elsewhere(world):
    world.forget_links()
    visitor = world.ask(ANNA)
    evil = "redirect=https://evil.example&next=https://evil.example&url=//evil.example"
    inside = world.post(visitor, f"/wallet/in/open?{evil}", f"{world.door()}?{evil}")
    assert inside.url.startswith(f"{world.server.url}/my/wallet")
    for path in (f"/wallet?{evil}", f"/wallet/act?{evil}", f"/my/wallet?{evil}"):
        answer = world.get(visitor, path)
        assert answer.url.startswith(world.server.url), path
        assert "evil.example" not in answer.text.partition("tibillet-page")[2].partition("<footer")[0], path


def test_known_and_unknown_addresses_are_answered_alike(world):
    world.forget_links()
    pages = []
    for email in (ANNA, NOBODY, "bar@people.example"):
        visitor = world.visitor()
        pages.append(NOISE.sub("", world.post(visitor, "/wallet/link", "/wallet", email=email).text))
        assert (
            "instructions sent" in world.post(visitor, "/web/reset_password", "/web/reset_password", login=email).text
        )
    assert len(set(pages)) == 1
    assert world.get(world.visitor(), "/web/signup").status_code == 404


def test_three_mails_to_one_address_and_no_more(world):
    world.forget_links()
    pages = {NOISE.sub("", world.post(world.visitor(), "/wallet/link", "/wallet", email=NOBODY).text) for _ in range(5)}
    assert len(pages) == 1
    assert world.database.rows("SELECT count(*) FROM tibillet_login_link") == [(3,)]


# --- cards ------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_card_names_nobody(world):
    visitor, unknown = world.visitor(), "00000000-0000-4000-8000-000000000000"
    for name in ("anna", "ben", "carl", "lost", "blocked"):
        shown = (
            world.get(visitor, f"/qr/{world[name]['qr']}").text.partition("tibillet-page")[2].partition("<footer")[0]
        )
        for secret in ("@", "Carl", "anna", "25.00", "22.00"):
            assert secret not in shown, (name, secret)
    assert "25.00" in world.get(visitor, f"/qr/{world['free']['qr']}").text
    missing = {
        NOISE.sub("", world.get(visitor, path).text.partition("tibillet-page")[2].partition("<footer")[0])
        for path in (f"/qr/{unknown}", "/qr/x", f"/qr/{world['anna']['number']}", "/qr/%25", "/qr/' OR 1=1 --")
    }
    assert len(missing) == 1


def test_a_card_is_linked_by_who_holds_it_alone(world):
    """Ben's, a lost one, a blocked one, none: the answer to a number is the same, and none becomes Eve's."""
    session, pages = world.sign_in("eve").session, set()
    for number in (world["ben"]["number"], world["lost"]["number"], world["blocked"]["number"], "ZZZZZZZZ"):
        world.forget_links()
        pages.add(NOISE.sub("", world.post(session, "/my/wallet/card", "/my/wallet", number=number).text))
        opened = world.post(session, "/wallet/in/open", world.door(), number=number)
        pages.add(NOISE.sub("", opened.text))
    assert len(pages) == 2
    query = "SELECT count(*) FROM tibillet_card WHERE partner_id = %s"
    assert world.database.rows(query, world["eve"]["partner"]) == [(1,)]


def test_a_second_card_does_not_spend_a_holder_s_money(world):
    """LED-14: Eve has Anna's mailbox open for a minute, and a card of her own."""
    world.forget_links()
    session = world.sign_in("anna").session
    world.post(session, "/my/wallet/card", "/my/wallet", number=world["free"]["number"])
    world.post(session, "/wallet/in/open", world.door(), number=world["free"]["number"])
    assert world.database.rows("SELECT used_at IS NOT NULL FROM tibillet_login_link") == [(True,)]
    assert world.database.rows("SELECT partner_id FROM tibillet_card WHERE number = %s", world["free"]["number"]) == [
        (None,)
    ]


# --- top-up -----------------------------------------------------------------------------------------------------------


def test_a_top_up_is_ones_own_and_as_shown(world):
    eve = world.sign_in("eve")
    bar, grange = world["bar"]["asset_id"], world["grange"]["asset_id"]
    page = world.get(eve.session, f"/my/wallet/top-up?asset={bar}&amount=20").text
    form = {
        "provider_id": world["providers"]["bar"][0],
        "payment_method_id": world["method"],
        "token_id": None,
        "amount": 20,
        "flow": "direct",
        "tokenization_requested": False,
        "landing_route": "https://evil.example",
        "is_validation": False,
        "access_token": re.search(r'data-access-token="([^"]+)"', page)[1],
    }
    route = f"/my/wallet/top-up/transaction/{bar}"
    for changed in (
        {"amount": 2000}, {"amount": -20}, {"amount": 0}, {"amount": 20.001}, {"amount": 1e308}, {"amount": "NaN"},
        {"access_token": ""}, {"access_token": None}, {"is_validation": True},
        {"provider_id": world["providers"]["bar"][1]}, {"provider_id": world["providers"]["grange"][0]},
        {"provider_id": 0}, {"flow": "token", "token_id": world["token"]},
        {"currency_id": 1}, {"partner_id": world["ben"]["partner"]}, {"tibillet_wallet_id": world["ben"]["wallet"]},
        {"custom_create_values": {"state": "done"}}, {"reference_prefix": "X"}, {"state": "done"},
    ):  # fmt: skip
        assert "error" in eve.send(route, {**form, **changed}), changed
    assert "error" in eve.send(f"/my/wallet/top-up/transaction/{grange}", form)
    assert "error" in world.sign_in("anna").send(route, form), "the token of Eve, sent by Anna"
    before = world.database.rows("SELECT count(*) FROM payment_transaction")
    assert eve.send(route, form)["result"]["amount"] == 20
    query = "SELECT tibillet_wallet_id, partner_id, state, landing_route, id FROM payment_transaction ORDER BY id DESC LIMIT 1"
    [(wallet, partner, state, landing, tx)] = world.database.rows(query)
    assert (wallet, partner, state) == (world["eve"]["wallet"], world["eve"]["partner"], "draft")
    assert landing == f"/my/wallet/top-up/done/{tx}"
    assert world.database.rows("SELECT count(*) FROM payment_transaction") == [(before[0][0] + 1,)]
    held = world.balance("eve")
    assert world.get(world.sign_in("anna").session, landing).status_code == 404
    assert world.get(eve.session, landing).status_code == 200
    assert world.balance("eve") == held
    anna = world.sign_in("anna").session
    for path in ("/payment/status/poll", "/payment/demo/simulate_payment", "/payment/stripe/webhook"):
        said = {"reference": "TOPUP-ben", "simulated_state": "done"}
        anna.post(world.server.url + path, json={"params": said}, timeout=60)
    assert world.database.rows("SELECT state FROM payment_transaction WHERE reference = 'TOPUP-ben'") == [("draft",)]
