/* global posmodel */

import { negate } from "@point_of_sale/../tests/generic_helpers/utils";

export function asksForTheCard(...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return {
        content: `locked: tap your card ${texts}`,
        trigger: `.tibillet-lock:contains("Tap your card")${contents}`,
    };
}

export function isOpen(name) {
    return [
        { content: "the till is open", trigger: negate(".tibillet-lock") },
        {
            content: `${name} stands at the till`,
            trigger: `.tibillet-lock-button:contains("${name}")`,
        },
    ];
}

export function lock() {
    return { content: "lock the till", trigger: ".tibillet-lock-button", run: "click" };
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
