"""The stock point of sale, set up by its own settings only: a tap on a real reader selects the customer."""

CARD = "04A1B2C3D4E5F6"
OPEN_TILL = """
if not env.company.chart_template:
    env["account.chart.template"].try_loading("fr", company=env.company, install_demo=False)
env["res.partner"].create({{"name": "Alice Martin", "barcode": "042{card}"}})
till = env["pos.config"].create({{"name": "Stock till"}})
till.write({{"is_posbox": True, "proxy_ip": "{box}", "iface_scan_via_proxy": True}})
till.with_user(env.ref("base.user_admin")).open_ui()
env.cr.commit()
result = till.id
"""
CUSTOMER = "() => window.posmodel?.getOrder?.()?.getPartner?.()?.name"
PROXY = "() => window.posmodel?.hardwareProxy?.connectionInfo.status === 'connected'"


def test_a_tap_selects_the_customer(odoo_server, chromium, make_box, reader):
    box = make_box(origins=odoo_server.url)
    till = odoo_server.database.shell(OPEN_TILL.format(card=CARD, box=box.url))
    page = chromium.new_page()
    page.goto(f"{odoo_server.url}/web/login")
    page.fill("#login", "admin")
    page.fill("#password", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_url("**/odoo**")
    page.goto(f"{odoo_server.url}/pos/ui/{till}")
    page.click(".open-register-btn, .modal-dialog .btn-primary", timeout=180_000)
    page.wait_for_function(PROXY)
    assert not page.evaluate(CUSTOMER)
    reader.insert(CARD)
    page.wait_for_function(CUSTOMER)
    assert page.evaluate(CUSTOMER) == "Alice Martin"
