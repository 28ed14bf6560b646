"""A designer's eye: what is cut, too small, left in English or closed to somebody, on any page."""

import re
from pathlib import Path

import polib

from launcher import paths

SIZES = {"tablet": (1280, 800), "upright": (820, 1180), "phone": (390, 844)}
TOUCH = 56
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = Path(__file__).with_name("eye.js").read_text()
AXE = paths.ROOT / "node_modules/axe-core/axe.min.js"
OURS = '[class*="tibillet"]'
# In rows of stock's own buttons, as high as these: the bar, the buttons of an order, the feet of stock's windows; and the
# radios of its payment form, whose labels are stretched over the whole row. In the agenda, links and boxes whose whole line is
# touched, and on a desk a day of the month, under which its events stand.
SMALL = (
    ".pos-topheader *, .control-buttons *, .input-amount *, .modal-header *, .modal-footer *, [name=o_payment_radio],"
    " .tibillet-agenda :is(h3, li) a:not(.tibillet-button), .tibillet-choices [type=checkbox], .tibillet-month a"
)
RUN_AXE = """async ([ours, tags]) => {
    const { violations } = await axe.run({ include: [[ours]] }, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target, any }) =>
        [id, target.join(" "), html.slice(0, 120), (any[0] || {}).message || ""]));
}"""
# Menus that are open follow their button some frames after the window has its size.
STILL = """() => {
    const seen = [...document.querySelectorAll(".o_popover, .dropdown-menu.show")];
    if (!seen.length) {
        return true;
    }
    const now = JSON.stringify([innerWidth, ...seen.map((el) => el.getBoundingClientRect())]);
    const frames = window.tibilletStill?.at === now ? window.tibilletStill.frames + 1 : 0;
    window.tibilletStill = { at: now, frames };
    return frames >= 10;
}"""
SETTLED = """(small) => {
    const ui = window.posmodel?.env.services.ui;
    return (!ui || ui.isSmall === small)
        && document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity);
}"""
SMALL_PX = 992  # below, a till shows one pane at a time


def _same_in_french():
    """What is spelt alike in both languages, as our translators have it."""
    files = paths.ADDONS.glob("*/i18n/fr.po")
    return {entry.msgid for file in files for entry in polib.pofile(file) if entry.msgid == entry.msgstr}


def _letters(words):
    """Words without figures and signs: “Beer × 2” is “Beer”, “15,00 €” is nothing."""
    return " ".join(re.findall(r"[^\W\d_]{2,}", words))


class Eye:
    """Looks at pages in each size: `eye.look(page, "fr", "short balance")`; `faults()` says all that it saw.

    :param names: what is called the same in every language.
    """

    def __init__(self, names=()):
        self.names = {_letters(words) for words in ("", *names, *_same_in_french())}
        self.words, self.found = {}, []

    def look(self, page, lang, name, ours=OURS, sizes=SIZES):
        """Look at a page as it stands, in each size; it is given back in the first one."""
        for size, (width, height) in sizes.items():
            self._resize(page, width, height)
            seen = page.evaluate(LOOK, {"ours": ours, "touch": TOUCH, "small": SMALL})
            assert seen["looked"], f"{name}: there is nothing of ours on this page"
            faults = seen["found"] + self._axe(page, ours)
            self.found += [f"{name}, {lang}, {size}: {fault}" for fault in faults]
            self.words.setdefault(name, {}).setdefault(lang, set()).update(seen["words"])
        self._resize(page, *next(iter(sizes.values())))

    def faults(self):
        """Sentences, one a fault."""
        english = [
            f"{name}: the same in English and French: {words}"
            for name, spoken in self.words.items()
            for words in sorted(spoken.get("en", set()) & spoken.get("fr", set()))
            if _letters(words) not in self.names
        ]
        return self.found + english

    def _resize(self, page, width, height):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(SETTLED, arg=width < SMALL_PX)
        page.wait_for_function(STILL)

    def _axe(self, page, ours):
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(AXE.read_text())
        return [f"axe {' · '.join(violation)}" for violation in page.evaluate(RUN_AXE, [ours, WCAG])]
