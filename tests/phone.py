"""Somebody's phone on the website, driven by what they see."""

import re

PAGE = ".tibillet-page"
SIZE = (390, 844)
FIRST_PAGE_MS = 180_000
LOCALES = {"en": "en-GB", "fr": "fr-FR"}


def open_phone(make_context, server, lang="en"):
    """A phone with cookies of its own, in English or French."""
    width, height = SIZE
    context = make_context(
        viewport={"width": width, "height": height}, locale=LOCALES[lang], reduced_motion="reduce",
        has_touch=True, is_mobile=True,
    )  # fmt: skip
    context.set_default_timeout(20_000)
    return Phone(context.new_page(), server, lang)


class Phone:
    """One page on a phone; each act returns the phone."""

    def __init__(self, page, server, lang):
        self.page, self.server, self.lang = page, server, lang

    def sign_in(self, login):
        """By a password that is the login."""
        self.open("/web/login")
        self.page.fill("#login", login)
        self.page.fill("#password", login)
        self.page.click(".oe_login_form button[type=submit]")
        self.page.wait_for_url(lambda url: "/web/login" not in url, timeout=FIRST_PAGE_MS)
        return self

    def open(self, path):
        self.page.goto(self.server.url + ("/fr" if self.lang == "fr" else "") + path, timeout=FIRST_PAGE_MS)
        return self

    def follow(self, link):
        """Open a whole address, as a mail program does."""
        self.page.goto(link, timeout=FIRST_PAGE_MS)
        return self

    def open_mail(self):
        """Read the mail that came last, and follow its link."""
        [(body,)] = self.server.database.rows("SELECT body_html FROM mail_mail ORDER BY id DESC LIMIT 1")
        return self.open(re.search(r"/wallet/in/[\w-]{43}", body)[0])

    def see(self, selector):
        self.page.locator(f"{PAGE} {selector}").first.wait_for()
        return self

    def touch(self, selector):
        self.page.locator(f"{PAGE} {selector}").first.click()
        return self

    def type(self, selector, words):
        self.page.fill(f"{PAGE} {selector}", words)
        return self

    def words(self):
        return self.page.locator(PAGE).inner_text()

    def look(self, eye, name, ours=PAGE):
        """Let the designer's eye see this page, or a part of it, as it stands."""
        eye.look(self.page, self.lang, name, ours=ours, sizes={"phone": SIZE})
        return self
