import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const see = (content, trigger) => ({ content, trigger });
const type = (content, trigger, words) => ({ content, trigger, run: `edit ${words}` });
const touch = (content, trigger) => ({ content, trigger, run: "click" });
const send = (content, trigger) => ({ content, trigger, run: "click", expectUnloadPage: true });

tours.add("tibillet_website.claim_a_card", {
    steps: () => [
        see("what lies on the card", ".tibillet-balance .tibillet-amount"),
        type("whose it is", "#tibillet_claim_email", "tour@people.example"),
        send("it is my card", "form[action$='/claim'] button"),
        see("a mail is under way", ".tibillet-page .fa-envelope-o"),
    ],
});

tours.add("tibillet_website.open_and_lose", {
    steps: () => [
        type("another card's number", "#tibillet_number", "tour 9999"),
        send("go on", "form[action$='/wallet/in/open'] button"),
        see("not this one", "#tibillet_number_error"),
        type("the number printed on the card", "#tibillet_number", "tour 0001"),
        send("go on", "form[action$='/wallet/in/open'] button"),
        see("it is theirs", ".tibillet-page .alert-success"),
        see("what was on the card", ".tibillet-balance .tibillet-amount"),
        see("where it comes from", ".tibillet-move .tibillet-moved"),
        touch("lost?", ".tibillet-lost summary"),
        send("it is lost", ".tibillet-lost form button"),
        see("it pays no more", ".tibillet-page .alert-success"),
        see("the money stays", ".tibillet-page:not(:has(.tibillet-lost)) .tibillet-balance"),
    ],
});

tours.add("tibillet_website.sign_in", {
    steps: () => [
        type("what is no address", "#tibillet_email", "tour@people"),
        send("send", "form[action$='/wallet/link'] button"),
        see("this is no address", "#tibillet_email_error"),
        type("an address", "#tibillet_email", "tour@people.example"),
        send("send", "form[action$='/wallet/link'] button"),
        see("a mail is under way", ".tibillet-page .fa-envelope-o"),
    ],
});

tours.add("tibillet_website.add_a_card_and_erase", {
    steps: () => [
        send("open", "form[action$='/wallet/in/open'] button"),
        see("nothing yet", ".tibillet-empty"),
        type("a number", "#tibillet_add_number", "tour 0001"),
        send("add", "form[action$='/my/wallet/card'] button"),
        see("a mail is under way", ".tibillet-page .alert-success"),
        send("erase", "a[href$='/my/wallet/erase']"),
        send("send me the link", "form[action$='/my/wallet/erase/mail'] button"),
        see("a mail is under way", ".tibillet-page .alert-success"),
    ],
});

tours.add("tibillet_website.erase", {
    steps: () => [
        send("go on", "form[action$='/wallet/in/open'] button"),
        send("for good", "form[action$='/my/wallet/erase'] button"),
        see("erased", ".tibillet-page .fa-check"),
    ],
});
