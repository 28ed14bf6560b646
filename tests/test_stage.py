"""The stage that the other tests stand on: a real server, its shell, its clients, a real browser."""

import pytest

from .server import Refused, Server


def test_server_client_and_shell_see_the_same_database(odoo_server):
    count = odoo_server.client().call("res.users", "search_count", [])
    assert odoo_server.database.shell("result = env['res.users'].search_count([])") == count > 0


def test_database_is_a_clone_with_the_addons(database):
    code = "result = env['ir.module.module'].search([('name', '=', 'tibillet_base')]).state"
    assert database.shell(code) == "installed"


def test_refusal_names_the_exception(odoo_server):
    odoo_server.expect(r"^odoo\.http: .*no_such_field")
    with pytest.raises(Refused) as refused:
        odoo_server.client().call("res.users", "search", [["no_such_field", "=", 1]])
    assert refused.value.name == "builtins.ValueError"


def test_warning_in_the_log_is_told(make_database):
    server = Server(make_database()).start()
    with pytest.raises(Refused):
        server.client().call("res.users", "search", [["no_such_field", "=", 1]])
    assert "no_such_field" in server.stop()[0]


def test_browser_opens_a_page(odoo_server, chromium):
    page = chromium.new_page()
    page.goto(f"{odoo_server.url}/web/login")
    page.get_by_role("button", name="Log in", exact=True).wait_for(timeout=10_000)


def test_killed_server_starts_again_on_its_port(odoo_server):
    odoo_server.kill()
    odoo_server.start()
    assert odoo_server.client().uid == 2
