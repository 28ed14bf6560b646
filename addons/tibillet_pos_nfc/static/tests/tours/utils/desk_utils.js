import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import {
    isIn,
    says,
    speaksTheUsersLanguage,
} from "@tibillet_pos_nfc/../tests/tours/utils/words_utils";

const MOST_TOUCHES = 3;

export function open() {
    return { content: "open the card desk", trigger: ".tibillet-cards-button", run: "click" };
}

export function isWaiting() {
    return speaksTheUsersLanguage(
        ".tibillet-desk-wait:has(.fa-clock-o) .tibillet-desk-wait-title",
        "Waiting for the card"
    );
}

/** Put a card on the desk, and count the touches from there on. */
export function tap(number) {
    return [
        {
            content: "touches are counted",
            trigger: "body",
            run: () => {
                document.body.dataset.touches = 0;
                document.addEventListener("click", countTouch, { capture: true });
            },
        },
        Tap.tap(number),
    ];
}

/** A manager's word comes on top, in its own window; a field has the keys by itself (`:focus` below). */
function countTouch({ target }) {
    if (target.closest(".tibillet-desk button")) {
        document.body.dataset.touches++;
    }
}

/**
 * @param {"active"|"blank"|"blocked"|"lost"|"void"} state
 * @param {string[]} texts what the card and its balances say
 */
export function shows(number, state, ...texts) {
    return {
        content: `the desk shows ${number}, ${state}`,
        trigger: `.tibillet-desk:has(.tibillet-number:contains("${number}")):has([data-state="${state}"] .tibillet-desk-state .fa)${says(...texts)}`,
    };
}

export function staysIfEmptied(amount) {
    return {
        content: `${amount} stay if the card is emptied`,
        trigger: `.tibillet-tile[data-refundable="0"]${says(amount)}`,
    };
}

export function choose(act) {
    return { content: `choose ${act}`, trigger: `[data-act="${act}"]`, run: "click" };
}

export function hasNot(act) {
    return { content: `no ${act}`, trigger: negate(`[data-act="${act}"]`, ".tibillet-desk") };
}

export function amount(minor) {
    return { content: `amount ${minor}`, trigger: `[data-amount="${minor}"]`, run: "click" };
}

/** The gift that comes with a top-up, told on its button. */
export function amountTells(minor, bonus) {
    return {
        content: `${minor} gives ${bonus}`,
        trigger: `[data-amount="${minor}"] .tibillet-bonus${says(bonus)}`,
    };
}

/** @param {"cash"|"bank"} type of the payment method */
export function payBy(type) {
    return {
        content: `pay by ${type}`,
        trigger: `.tibillet-desk-panel [data-method="${type}"]:first`,
        run: "click",
    };
}

/** @param {number} index of the reason on its button */
export function because(index) {
    return { content: `because ${index}`, trigger: `[data-reason="${index}"]`, run: "click" };
}

export function announces(...texts) {
    return {
        content: "it says what will happen",
        trigger: `.tibillet-desk-panel${says(...texts)}`,
    };
}

export function confirm() {
    return { content: "do it", trigger: ".tibillet-desk-go", run: "click" };
}

/** Done, as the log names it, in three touches at most. */
export function isDone(kind, ...texts) {
    return {
        content: `done: ${kind} ${texts}`,
        trigger: `.tibillet-desk-done[data-kind="${kind}"]:has(.fa-check)${says(...texts)}`,
        run: () => {
            const touches = Number(document.body.dataset.touches);
            if (!touches || touches > MOST_TOUCHES) {
                throw new Error(`${kind} took ${touches} touches`);
            }
        },
    };
}

/** @param {string} code of the refusal */
export function isRefused(code) {
    return {
        content: `refused: ${code}`,
        trigger: `.tibillet-desk-refusal[data-code="${code}"]:has(.fa)`,
    };
}

export function next() {
    return { content: "next card", trigger: ".tibillet-desk-next", run: "click" };
}

export function otherActs() {
    return { content: "back to the acts", trigger: ".tibillet-desk-back", run: "click" };
}

/** Type a manager's PIN, digit by digit. */
export function approve(pin) {
    return [
        { content: "a manager is asked", trigger: ".tibillet-approval:has(.fa-id-card-o)" },
        ...[...pin].map((digit) => ({
            content: `digit ${digit}`,
            trigger: `.tibillet-pad [data-digit="${digit}"]`,
            run: "click",
        })),
        { content: "OK", trigger: ".tibillet-approve", run: "click" },
    ];
}

export function search(query) {
    return [
        {
            content: `search ${query}`,
            trigger: ".tibillet-desk-query:focus",
            run: `edit ${query}`,
        },
        {
            content: "search",
            trigger: ".tibillet-desk-other:has(.tibillet-desk-query) button",
            run: "click",
        },
    ];
}

export function pick(text) {
    return {
        content: `pick ${text}`,
        trigger: `.tibillet-desk-person:contains("${text}")`,
        run: "click",
    };
}

/** Nobody bears this name: the e-mail is asked for, its field waits for the keys. */
export function writeDown(email) {
    return [
        {
            content: `their e-mail: ${email}`,
            trigger: "input[name=email]:focus",
            run: `edit ${email}`,
        },
        { content: "link", trigger: ".tibillet-desk-other:has([name=email]) button", run: "click" },
    ];
}

export function asksForTheirCard() {
    return { content: "the card that they have is awaited", trigger: ".tibillet-desk-witness" };
}

/** Give the receipt to a printer that keeps what it prints. */
export function printsTheReceipt(...texts) {
    return [
        {
            content: "a printer that keeps its paper",
            trigger: "body",
            run: () => {
                odoo.__WOWL_DEBUG__.root.env.services.hardware_proxy.printer = {
                    printReceipt: async (el) => {
                        document.body.dataset.paper = el.textContent;
                        return { successful: true };
                    },
                };
            },
        },
        { content: "print", trigger: ".tibillet-desk-print", run: "click" },
        {
            content: "the paper says it",
            trigger: "body[data-paper]",
            run: ({ anchor }) => {
                const missing = texts.filter((text) => !isIn(text, anchor.dataset.paper));
                if (missing.length) {
                    throw new Error(`${missing} not in ${anchor.dataset.paper}`);
                }
            },
        },
    ];
}

export function printerIsOutOfPaper() {
    return [
        {
            content: "no paper",
            trigger: "body",
            run: () => {
                odoo.__WOWL_DEBUG__.root.env.services.hardware_proxy.printer = {
                    printReceipt: async () => ({
                        successful: false,
                        canRetry: true,
                        message: { title: "No paper", body: "No paper." },
                    }),
                };
            },
        },
        { content: "print", trigger: ".tibillet-desk-print", run: "click" },
        {
            content: "go on without",
            trigger: ".modal:contains('No paper.') .modal-footer .btn-primary",
            run: "click",
        },
        { content: "the act stands", trigger: ".tibillet-desk-done" },
    ];
}
