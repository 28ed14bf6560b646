import { negate } from "@point_of_sale/../tests/generic_helpers/utils";

export function open() {
    return { content: "open the card desk", trigger: ".tibillet-cards-button", run: "click" };
}

export function isWaiting() {
    return {
        content: "the desk waits for a card",
        trigger: ".tibillet-desk-wait:contains('Waiting for the card')",
    };
}

/** @param {string[]} texts what the card, its state and its balances say */
export function shows(number, ...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return {
        content: `the desk shows ${number}`,
        trigger: `.tibillet-desk:has(.tibillet-number:contains("${number}"))${contents}`,
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

/** @param {string} label of the payment method */
export function payBy(label) {
    return {
        content: `pay by ${label}`,
        trigger: `.tibillet-desk-panel [data-method]:contains("${label}")`,
        run: "click",
    };
}

export function because(label) {
    return {
        content: `because: ${label}`,
        trigger: `[data-reason]:contains("${label}")`,
        run: "click",
    };
}

export function announces(...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return { content: "it says what will happen", trigger: `.tibillet-desk-panel${contents}` };
}

export function confirm() {
    return { content: "do it", trigger: ".tibillet-desk-go", run: "click" };
}

export function isDone(...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return {
        content: `done: ${texts}`,
        trigger: `.tibillet-desk-done:has(.fa-check)${contents}`,
    };
}

export function isRefused(sentence) {
    return {
        content: `refused: ${sentence}`,
        trigger: `.tibillet-desk-refusal:contains("${sentence}")`,
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
        {
            content: "a manager is asked",
            trigger: '.tibillet-approval:contains("Tap a manager\'s card")',
        },
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
        { content: `search ${query}`, trigger: ".tibillet-desk-query", run: `edit ${query}` },
        {
            content: "search",
            trigger: ".tibillet-desk-panel button:contains('Search')",
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
                const missing = texts.filter((text) => !anchor.dataset.paper.includes(text));
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
            trigger: ".modal:contains('No paper.') button:contains('Continue')",
            run: "click",
        },
        { content: "the act stands", trigger: ".tibillet-desk-done" },
    ];
}
