/* global posmodel */

import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import { speaksTheUsersLanguage } from "@tibillet_pos_nfc/../tests/tours/utils/words_utils";

/** @param {string} [code] why, when it says why */
export function asksForTheCard(code) {
    const reason = code ? `:has([data-code="${code}"] .fa-times)` : "";
    return [
        { content: `locked: tap your card ${code ?? ""}`, trigger: `.tibillet-lock${reason}` },
        speaksTheUsersLanguage(".tibillet-lock-title", "Tap your card"),
    ];
}

export function isOpen(name) {
    return [
        { content: "the till is open", trigger: negate(".tibillet-lock") },
        {
            isActive: ["desktop"],
            content: `${name} stands at the till`,
            trigger: `.tibillet-lock-button:contains("${name}")`,
        },
        { isActive: ["mobile"], content: "products are there", trigger: ".product-screen" },
    ];
}

export function lock() {
    return [
        {
            isActive: ["desktop"],
            content: "lock the till",
            trigger: ".tibillet-lock-button",
            run: "click",
        },
        {
            isActive: ["mobile"],
            content: "open the menu",
            trigger: ".pos-rightheader button:has(.fa-bars)",
            run: "click",
        },
        {
            isActive: ["mobile"],
            content: "lock the till",
            trigger: ".tibillet-lock-item",
            run: "click",
        },
    ];
}

export function pay() {
    return {
        content: "go to the payment",
        trigger: ".product-screen .pay-order-button, .product-screen .btn-switchpane.pay-button",
        run: "click",
    };
}

/** Pay the order in cash, whatever the screen's width. */
export function payInCash() {
    return [
        pay(),
        {
            content: "in cash",
            trigger: ".paymentmethods",
            run: ({ anchor }) => {
                const { name } = posmodel.config.payment_method_ids.find((pm) => pm.is_cash_count);
                [...anchor.querySelectorAll(".paymentmethod")]
                    .find((button) => button.textContent.includes(name))
                    .click();
            },
        },
        { content: "validate", trigger: ".validation-button.next", run: "click" },
    ];
}

/** The clock goes on: nobody has touched the till for an hour. */
export function leaveIdle() {
    return {
        content: "nobody touches the till",
        trigger: "body",
        run: () => {
            posmodel.idleLock.touchedAt = Date.now() - 3600000;
        },
    };
}

/** The back office declares the cashier's card lost. */
export function loseCard(name) {
    return {
        content: `${name}'s card is declared lost`,
        trigger: "body",
        run: async () => {
            const { id } = posmodel.models["res.users"].find((user) => user.name.startsWith(name));
            posmodel.data.network.warningTriggered = false;
            posmodel.data.channels
                .find(({ channel }) => channel === "TIBILLET_CASHIER_ENDED")
                .method({ cashiers: [id] });
        },
    };
}

/** The order in hand has one line, whatever is on the screen. */
export function orderStays() {
    return {
        content: "the order stays",
        trigger: "body",
        run: () => {
            const { lines } = posmodel.getOrder();
            if (lines.length !== 1) {
                throw new Error(`${lines.length} lines stay`);
            }
        },
    };
}

/** The device was withdrawn: the screen says so over everything. */
export function isWithdrawn() {
    return speaksTheUsersLanguage(
        ".tibillet-revoked:has(.fa-ban) #tibillet-revoked-title",
        "This device was withdrawn"
    );
}
