"""Companies whose French chart of accounts is loaded already: to load one takes seconds, and most classes need two."""

MARK = "Ready for tests"
COUNT = 3


def make(env):
    """Add companies that :func:`take` gives; archived until then, so that nothing else meets them."""
    france, euro = env.ref("base.fr"), env.ref("base.EUR")
    for number in range(COUNT):
        values = {"name": f"{MARK} {number}", "country_id": france.id, "currency_id": euro.id}
        # Else Odoo installs the country's modules, which stand already, and commits in the middle.
        company = env["res.company"].with_context(install_mode=True).create(values)
        env["account.chart.template"].try_loading("fr", company=company, install_demo=False)
        _show(env, company, False)


def take(env, values):
    """One of them with `values` written on it, for the time of a class; an empty recordset when none is left or fits."""
    companies = env["res.company"].with_context(active_test=False)
    france, euro = env.ref("base.fr").id, env.ref("base.EUR").id
    if values.get("country_id", france) != france or values.get("currency_id", euro) != euro or "parent_id" in values:
        return companies.browse()
    ready = companies.search([("active", "=", False), ("name", "=like", f"{MARK}%")], limit=1)
    if ready:
        _show(env, ready, True)
        ready.write(values)
    return ready.with_env(env)


def _show(env, company, active):
    # Not by the model: its accounts would be found to belong to no company.
    env.flush_all()
    env.cr.execute("UPDATE res_company SET active = %s WHERE id = %s", [active, company.id])
    env.invalidate_all()
