"""Two venues, their people and a running server, for tests that attack them by plain HTTP."""

import json
import re

import requests

from .server import Database, Refused, Server
from .venue import DEFAULTS, OPEN

ANNA, BEN, EVE, NOBODY = (f"{name}@people.example" for name in ("anna", "ben", "eve", "nobody"))
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
DOOR = re.compile(r"/wallet/in/[\w-]{43}")
HELD = 2500
VENUES = {
    "bar": {"name": "Le Bar", "login": "bar", "cards": 6, "balance": HELD},
    "grange": {"name": "La Grange", "login": "grange", "cards": 1, "balance": HELD, "first_uid": 0xB10000},
}

# What differs from one page to the next and tells nothing.
NOISE = re.compile(
    r'csrf_token[^,>]*|name="door" value="[0-9a-f]*"|"token"[^,]*|nonce="[^"]*"|\d{10,}|[0-9a-f]{32,}|[\w.]+@[\w.]+'
)
NOT_THEIRS = {f"odoo.exceptions.{name}" for name in ("AccessError", "AccessDenied", "MissingError")}
# Read by a person: each describes a window or an address, whose own rights are asked when it opens; or fails on garbage.
HARMLESS = {
    "event.event.action_open_scans",
    "ir.actions.report.get_wkhtmltopdf_state",
    "pos.order.sync_from_ui",  # an order by hand: addons/tibillet_pos_nfc/tests/test_forged.py
    "res.company.action_open_tibillet_settlement",
    "res.partner.action_open_tibillet_cards",
    "res.users.action_open_tibillet_cashier_cards",
    "tibillet.archive.action_download",
    "tibillet.asset.action_open_balances",
    "tibillet.booking.action_open_entries",
    "tibillet.booking.action_open_postings",
    "tibillet.card.batch.action_enrol",
    "tibillet.card.batch.action_export_numbers",
    "tibillet.card.batch.action_open_cards",
    "tibillet.network.watch.action_download",
    "tibillet.place.action_open_cards",
    "tibillet.prep.screen.action_open",
    "tibillet.settlement.act.action_open_entries",
    "tibillet.settlement.round.action_open_entries",
    "tibillet.settlement.transfer.action_open_entries",
    "tibillet.wallet.control.action_open_settlement",
    "website.get_suggested_controllers",
}
# A cashier reads products, places and people; a wallet's number alone opens nothing.
CASHIERS = {
    "product.template.get_product_accounts",
    "res.partner.action_open_tibillet_wallet",
    "tibillet.asset.action_open_places",
    "tibillet.asset.format",
    "tibillet.place.action_open_wallet",
}

SEED = """
import re

english = env["res.lang"]._activate_lang("en_US")
env["website"].search([]).write({"language_ids": [(6, 0, english.ids)], "default_lang_id": english.id})
def person(name, wallet_card):
    partner = env["res.partner"].create({"name": name, "email": name + "@people.example"})
    env["res.users"].with_context(no_reset_password=True).create({
        "name": name, "login": partner.email, "password": partner.email, "partner_id": partner.id,
        "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
    })
    card = env["tibillet.card"].search([("number", "=", wallet_card)])
    card._link(partner)
    return partner, card
def staff(login, venue, *groups):
    env["res.users"].with_context(no_reset_password=True).create({
        "name": login, "login": login, "password": login, "company_id": venue["company_id"],
        "company_ids": [(6, 0, [venue["company_id"]])],
        "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
    })
staff("cashier", bar, "tibillet_base.group_cashier", "base.group_partner_manager")
staff("accountant", bar, "tibillet_base.group_accountant", "base.group_partner_manager")
staff("neighbour", grange, "tibillet_base.group_accountant")
people = {}
for name, number in (("anna", bar["numbers"][0]), ("ben", grange["numbers"][0]), ("eve", bar["numbers"][1])):
    partner, card = person(name, number)
    key = env["res.users.apikeys"].with_user(partner.user_ids).sudo()._generate("rpc", "test", None)
    people[name] = {"partner": partner.id, "card": card.id, "wallet": partner.tibillet_wallet_ids.id, "key": key,
                     "number": card.number, "qr": card.qr_uuid}
for login in ("cashier", "accountant"):
    user = env["res.users"].search([("login", "=", login)])
    people[login] = {"key": env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "test", None)}
# A holder without an account, known by their address alone.
carl = env["res.partner"].create({"name": "Carl", "email": "carl@people.example"})
carl_card = env["tibillet.card"].search([("number", "=", bar["numbers"][2])])
carl_card._link(carl)
people["carl"] = {"partner": carl.id, "card": carl_card.id, "number": carl_card.number,
                  "qr": carl_card.qr_uuid}
cards = env["tibillet.card"]
free, lost, blocked = (cards.search([("number", "=", number)]) for number in bar["numbers"][3:6])
lost._declare_lost(); blocked._block()
# The bar's money spent at the grange: the two owe each other.
env["tibillet.place"].browse(bar["place_id"])
env["tibillet.ledger.transaction"]._post([ledger.Entry("abroad", "spend", grange["place_id"], (
    ledger.Line(people["anna"]["wallet"], bar["asset_id"], -300),
    ledger.Line(grange["place_wallet_id"], bar["asset_id"], 300)))])
pairs = env["tibillet.settlement.pair"]
pairs._open_missing()
from datetime import date
from dateutil.relativedelta import relativedelta
env["tibillet.settlement.statement"]._make(date.today() - relativedelta(months=1))
def provider(venue, **values):
    company = env["res.company"].browse(venue["company_id"])
    return env["payment.provider"].sudo().create({
        "name": company.name, "code": "none", "state": "enabled", "is_published": True, "company_id": company.id, **values,
    })
method = env.ref("payment.payment_method_unknown")
providers = {}
for name, venue in (("bar", bar), ("grange", grange)):
    published, hidden = provider(venue), provider(venue, is_published=False)
    for one in (published, hidden):
        one.payment_method_ids = [(4, method.id)]
    env["tibillet.asset"].browse(venue["asset_id"]).write({"online_topup": True, "online_min": 5, "online_max": 200})
    providers[name] = [published.id, hidden.id]
method.active = True
def payment(name, venue, state, **values):
    carried = env["payment.transaction"]._tibillet_create_values(
        env["tibillet.asset"].browse(venue["asset_id"]), env["tibillet.wallet"].browse(people[name]["wallet"]))
    return env["payment.transaction"].sudo().create({
        "provider_id": providers["bar" if venue is bar else "grange"][0], "payment_method_id": method.id,
        "reference": "TOPUP-" + name, "amount": 20, "currency_id": env.ref("base.EUR").id,
        "partner_id": people[name]["partner"], "state": state, **carried, **values,
    })
payments = {"ben": payment("ben", grange, "draft").id, "anna": payment("anna", bar, "draft").id}
token = env["payment.token"].sudo().create({
    "provider_id": providers["bar"][0], "payment_method_id": method.id, "partner_id": people["ben"]["partner"],
    "provider_ref": "x", "payment_details": "4242"})
def methods():
    # [name, arguments needed, called on records] of the public methods that our addons define, by model.
    import inspect
    from odoo.models import BaseModel
    stock = set(dir(BaseModel))
    for name, model in sorted(env.registry.items()):
        ours = {method for kind in model.__mro__ if kind.__module__.startswith("odoo.addons.tibillet")
                for method, code in vars(kind).items() if inspect.isfunction(code)}
        found = []
        for method in sorted(ours - stock):
            code = getattr(model, method)
            private = any(getattr(vars(kind).get(method), "_api_private", False) for kind in model.__mro__)
            if method.startswith("_") or private:
                continue
            needed = [one for one in list(inspect.signature(code).parameters.values())[1:]
                      if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
            found.append([method, len(needed), not getattr(code, "_api_model", False)])
        if found:
            yield name, found
def posts():
    from odoo.http import _generate_routing_rules
    night = {"name": "Night", "date_begin": "2031-01-01", "date_end": "2031-01-02", "is_published": True}
    event = env["event.event"].sudo().create(night)
    installed = env.registry._init_modules
    for url, endpoint in _generate_routing_rules(sorted(installed), nodb_only=False):
        routing = endpoint.routing
        ours = endpoint.__module__.startswith("odoo.addons.tibillet")
        if ours and routing["type"] == "http" and "POST" in (routing.get("methods") or ()) and routing.get("csrf", True):
            url = re.sub(r"<model\\([^)]*\\):event>", str(event.id), url)
            yield re.sub("<int[^>]*>", "1", re.sub("<string[^>]*>", "x", url))
def theirs():
    # Records of the grange alone, by model; what the whole network reads, as places and assets, is not counted.
    company, place = grange["company_id"], grange["place_id"]
    env["account.move"].sudo().create({"company_id": company, "journal_id": env["account.journal"].sudo().search(
        [("company_id", "=", company), ("type", "=", "general")], limit=1).id})
    night = {"name": "Secret night", "date_begin": "2031-01-01", "date_end": "2031-01-02", "company_id": company}
    env["event.event"].sudo().create(night)
    wallets = [people["ben"]["wallet"], grange["place_wallet_id"]]
    domains = {
        "tibillet.wallet": [("id", "in", wallets)],
        "tibillet.card": [("id", "=", people["ben"]["card"])],
        "tibillet.ledger.balance": [("asset_id", "=", grange["asset_id"])],
        "tibillet.ledger.posting": [("place_id", "=", place), ("issuer_id", "=", place)],
        "tibillet.ledger.report": [("place_id", "=", place), ("issuer_id", "=", place)],
        "tibillet.login.link": [],
    }
    kept = [name for name in env.registry if name.startswith("tibillet.") and not env[name]._abstract
            and not env[name]._transient and "company_id" in env[name]._fields and env[name]._fields["company_id"].store]
    kept += ["account.move", "account.journal", "event.event", "payment.transaction"]
    kept += ["pos.config", "pos.session", "pos.payment.method"]
    domains |= {name: [("company_id", "=", company)] for name in kept if name not in domains and name not in SHARED}
    for name, domain in domains.items():
        if ids := env[name].sudo().search(domain).ids:
            yield name, ids
SHARED = ("tibillet.place", "tibillet.asset")
# Of one household: Odoo shares a payment token among them.
env["res.partner"].browse([people["eve"]["partner"], people["ben"]["partner"]]).parent_id = \\
    env["res.partner"].create({"name": "Household"})
result = {**people, "bar": bar, "grange": grange, "providers": providers, "method": method.id, "payments": payments,
           "token": token.id, "methods": dict(methods()), "theirs": dict(theirs()), "posts": sorted(posts()),
           "free": {"number": free.number, "qr": free.qr_uuid},
           "lost": {"number": lost.number, "qr": lost.qr_uuid},
           "blocked": {"number": blocked.number, "qr": blocked.qr_uuid}}
env.cr.commit()
"""


class World:
    """A running server with two venues and their people; `ids` is what SEED answers."""

    def __init__(self, server, ids):
        self.server, self.ids, self.database = server, ids, server.database

    def __getitem__(self, name):
        return self.ids[name]

    def sign_in(self, who):
        """A person's session: holders by their address, staff by their login."""
        login = who if who in ("cashier", "accountant", "neighbour", "bar", "grange") else f"{who}@people.example"
        return self.server.client(login, login)

    def visitor(self):
        session = requests.Session()
        session.trust_env = False
        return session

    def get(self, session, path, **options):
        return session.get(self.server.url + path, timeout=60, **options)

    def post(self, session, path, form, **fields):
        """Fill the form that page `form` shows."""
        token = FORM_TOKEN.search(self.get(session, form).text)[1]
        return session.post(self.server.url + path, data={**fields, "csrf_token": token}, timeout=60)

    def json_2(self, who, model, method, **arguments):
        return requests.post(
            f"{self.server.url}/json/2/{model}/{method}",
            json=arguments,
            headers={"Authorization": f"bearer {self[who]['key']}"},
            timeout=60,
        )

    def balance(self, who):
        query = "SELECT sum(amount)::int FROM tibillet_ledger_balance WHERE wallet_id = %s"
        return self.database.rows(query, self[who]["wallet"])[0][0]

    def ask(self, email):
        """A visitor asks for a link; their session."""
        visitor = self.visitor()
        assert self.post(visitor, "/wallet/link", "/wallet", email=email).status_code == 200
        return visitor

    def door(self):
        """The link in the mail that was written last."""
        return DOOR.search(self.database.rows("SELECT body_html FROM mail_mail ORDER BY id DESC LIMIT 1")[0][0])[0]

    def forget_links(self):
        self.database.rows("DELETE FROM tibillet_login_link RETURNING 1")


def refused(person, model, method, *arguments, **keywords):
    """Whether the server says that this is not theirs."""
    try:
        person.call(model, method, *arguments, **keywords)
    except Refused as answer:
        return answer.name in NOT_THEIRS or "append only" in answer.message
    return False


def serve(template):
    """Yield a World on a clone of the template; a warning in the server's log fails, as everywhere."""
    name = f"{template.prefix}_attacks"
    template.drop(name)
    database = Database(template.clone(name), name)
    code = ["home = env"]
    for name, asked in VENUES.items():
        code += [OPEN.format(asked=json.dumps(DEFAULTS | asked)), f"{name}, env = result, home"]
    ids = database.shell("\n".join([*code, SEED]))
    server = Server(database)
    server.expect(r"odoo\.http: ")
    server.expect(r"ir_module: DENY access to module\.button_uninstall")
    server.expect(r"No transaction found matching reference TOPUP-ben")
    yield World(server.start(), ids)
    complaints = server.stop()
    template.drop(name)
    assert not complaints, "\n".join(complaints)
