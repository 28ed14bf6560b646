/* global posmodel */

import { says, speaksTheUsersLanguage } from "@tibillet_pos_nfc/../tests/tours/utils/words_utils";

export function step(name, ...texts) {
    return {
        content: `the kiosk: ${name} ${texts}`,
        trigger: `.tibillet-kiosk[data-step="${name}"]${says(...texts)}`,
    };
}

export function isIdle() {
    return speaksTheUsersLanguage(
        '.tibillet-kiosk[data-step="idle"] .tibillet-lock-title',
        "Tap your card"
    );
}

export function amount(label) {
    return {
        content: `touch ${label}`,
        trigger: `.tibillet-kiosk-amount:contains("${label}")`,
        run: "click",
    };
}

/** Without a terminal nothing is sold here. */
export function sellsNothing() {
    return {
        content: "no amount to touch",
        trigger: '.tibillet-kiosk[data-step="card"]:not(:has(.tibillet-kiosk-amount))',
    };
}

export function leave() {
    return { content: "I have finished", trigger: ".tibillet-kiosk-leave", run: "click" };
}

/** The bank's terminal that stands by the kiosk. */
export function terminalAnswers(isPaid) {
    return {
        content: `the terminal will say ${isPaid ? "yes" : "no"}`,
        trigger: "body",
        run: () => {
            const method = posmodel.models["pos.payment.method"].find(
                (pm) => pm.use_payment_terminal === "acme"
            );
            method.payment_terminal = { sendPaymentRequest: async () => isPaid };
            posmodel.kiosk.go("idle");
        },
    };
}
