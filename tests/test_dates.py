"""An organiser at a screen of 1280 pixels: repeats an event, changes one date and those that follow, duplicates it."""

from playwright.sync_api import expect

from .series import EVENT

FIRST_PAGE_MS = 180_000


def names(database):
    return [
        name
        for [name] in database.rows(
            """SELECT name->>'en_US' FROM event_event WHERE tibillet_recurrence_id IS NOT NULL ORDER BY date_begin"""
        )
    ]


def test_an_event_is_repeated(database, make_server, make_context):
    event, _day = database.shell(EVENT)
    server = make_server(database)
    page = make_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
    page.set_default_timeout(FIRST_PAGE_MS)
    page.goto(f"{server.url}/web/login")
    page.fill("#login", "manager")
    page.fill("#password", "manager")
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/web/login" not in url)

    def open_event(number):
        page.goto(f"{server.url}/odoo/action-event.action_event_view/{number}")
        page.locator(".o_form_view .oe_title").wait_for()

    open_event(event)
    page.get_by_role("button", name="Repeat…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[name=summary]")).to_contain_text("10 times")
    expect(dialog.locator("[name=preview] .fa-plus")).to_have_count(9)
    dialog.locator("[name=count] input").fill("5")
    dialog.locator("[name=count] input").press("Tab")
    expect(dialog.locator("[name=preview] .fa-plus")).to_have_count(4)
    dialog.get_by_role("button", name="Repeat", exact=True).click()
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(5)
    assert names(database) == ["Yoga"] * 5

    page.locator(".o_list_view .o_data_row").nth(2).locator("[name=date_begin]").click()
    title = page.locator("[name=name] textarea")
    title.wait_for()
    title.fill("Gentle yoga")
    page.get_by_role("button", name="Change the following dates too…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[name=texts] input")).to_be_checked()
    expect(dialog.locator("[name=hours] input")).not_to_be_checked()
    dialog.get_by_role("button", name="Change them").click()
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(5)
    assert names(database) == ["Yoga"] * 2 + ["Gentle yoga"] * 3

    open_event(event)
    page.get_by_role("button", name="Change…").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=count] input").fill("3")
    dialog.locator("[name=count] input").press("Tab")
    expect(dialog.locator("[name=preview] .fa-minus")).to_have_count(2)
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("button[name=action_open_series]")).to_contain_text("3")

    page.locator(".o_cp_action_menus button").first.click()
    page.get_by_role("menuitem", name="Duplicate on other dates…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("One month later").check()
    dialog.get_by_role("button", name="Duplicate", exact=True).click()
    page.locator(".o_form_view .oe_title").wait_for()
    expect(page.locator("button[name=action_open_series]")).to_have_count(0)
    expect(page.get_by_role("button", name="Repeat…")).to_be_visible()
    assert database.rows("SELECT count(*) FROM event_event WHERE name->>'en_US' LIKE '%oga'") == [(4,)]
