/* global posmodel */

import { negate } from "@point_of_sale/../tests/generic_helpers/utils";

function nfc() {
    return posmodel.env.services.tibillet_nfc;
}

/** Tap a demo card as a reader would, whatever is on the screen. */
export function tap(number) {
    return {
        content: `tap card ${number}`,
        trigger: "body",
        run: () => {
            const { simulator } = nfc().sources;
            simulator.touch(simulator.cards.find((card) => card.number === number));
        },
    };
}

/** The card leaves the reader before the till has read it again. */
export function liftTooSoon(number) {
    return {
        content: `card ${number} leaves too soon`,
        trigger: "body",
        run: () => {
            const { simulator } = nfc().sources;
            simulator.confirm = async () => delete simulator.confirm && false;
            simulator.touch(simulator.cards.find((card) => card.number === number));
        },
    };
}

export function asksToTapAgain() {
    return {
        content: "amber: tap it again",
        trigger: ".tibillet-result-attention:has(.fa-clock-o)",
    };
}

/** Touch a card of the tray, which opens by itself when a payment waits. */
export function touchDemoCard(number) {
    return {
        content: `touch card ${number} on the table`,
        trigger: `.tibillet-demo-card[data-number="${number}"]`,
        run: "click",
    };
}

/** Type what a keyboard reader types, at its speed. */
export function typeAsReader(uid) {
    return {
        content: "the keyboard reader types a card",
        trigger: "body",
        run: () => {
            for (const key of [...`NFC:${uid}`, "Enter"]) {
                const target = document.activeElement ?? document.body;
                target.dispatchEvent(
                    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
                );
            }
        },
    };
}

export function isWaiting() {
    return {
        content: "the till waits for the card",
        trigger: ".tibillet-line-waiting:contains('Waiting for the card')",
    };
}

export function noForceDone() {
    return { content: "no way to force the payment", trigger: negate(".send_force_done") };
}

export function isPaid(amount, left) {
    return {
        content: `green: ${amount} paid, ${left} left`,
        trigger: `.tibillet-result-paid:contains("${amount}"):contains("Left on the card"):contains("${left}"):has(.fa-check)`,
    };
}

export function isGivenBack(amount) {
    return {
        content: `green: ${amount} goes back to the card`,
        trigger: `.tibillet-result-paid:contains("${amount}"):contains("Goes back to the card")`,
    };
}

export function isRefused(sentence) {
    return {
        content: `red: ${sentence}`,
        trigger: `.tibillet-result-refused:contains("${sentence}"):has(.fa-times)`,
    };
}

/** @param {string} code of the refusal, in any language */
export function isRefusedAs(code) {
    return {
        content: `red: ${code}`,
        trigger: `.tibillet-result-refused[data-code="${code}"]:has(.fa-times)`,
    };
}

export function isOffline(sentence) {
    return {
        content: `grey: ${sentence}`,
        trigger: `.tibillet-result-offline:contains("${sentence}"):has(.fa-ban)`,
    };
}

/** A result may be gone before a slow machine looks: it stays until it is touched. */
export function keepResults() {
    return {
        content: "results stay until they are touched",
        trigger: "body",
        run: () => (nfc().desk.duration = 60000),
    };
}

export function resultIsOver() {
    return [
        { content: "touch the result", trigger: ".tibillet-result", run: "click" },
        { content: "it gives way", trigger: negate(".tibillet-result") },
    ];
}

export function isShort(missing, available) {
    return {
        content: `amber: ${missing} missing`,
        trigger: `.tibillet-short:contains("on this card ${available}"):has(.tibillet-short-missing:contains("${missing}"):contains("missing"))`,
    };
}

/** @param {"cash"|"bank"} type */
export function completeWith(type, amount) {
    return {
        content: `pay the rest: ${type}`,
        trigger: `.tibillet-complement[data-method="${type}"]:contains("${amount}")`,
        run: "click",
    };
}

export function secondCard() {
    return { content: "ask for a second card", trigger: ".tibillet-second-card", run: "click" };
}

export function backToTheOrder() {
    return { content: "go back to the order", trigger: ".tibillet-back", run: "click" };
}

export function cancel() {
    return { content: "cancel the tap", trigger: ".tibillet-cancel", run: "click" };
}

export function giveBack() {
    return {
        content: "give back what the card paid",
        trigger: ".tibillet-give-back",
        run: "click",
    };
}

export function tapAgain() {
    return { content: "ask for a card again", trigger: ".tibillet-retry", run: "click" };
}

export function linePaidBy(number) {
    return {
        content: `paid with card ${number}`,
        trigger: `.tibillet-line-done:contains("${number}")`,
    };
}

export function cardWindowShows(number, ...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return {
        content: `the card's window: ${number}`,
        trigger: `.tibillet-card-window:contains("${number}")${contents}`,
    };
}

export function asksForTheCard() {
    return {
        content: "the window asks for the card",
        trigger: ".tibillet-ask:contains('Tap the card to top up')",
    };
}

export function topUp(label) {
    return {
        content: `top up ${label}`,
        trigger: `.tibillet-top-up button:contains("${label}")`,
        run: "click",
    };
}

export function fieldIsEmpty(selector) {
    return {
        content: "nothing leaked into the field",
        trigger: selector,
        run: ({ anchor }) => {
            if (anchor.value) {
                throw new Error(`The field holds ${anchor.value}`);
            }
        },
    };
}

/** Cut or mend the way to the till's own routes. */
export function network(isUp) {
    return {
        content: isUp ? "the network is back" : "the network is cut",
        trigger: "body",
        run: () => {
            const { prototype } = XMLHttpRequest;
            prototype.openWithNetwork ??= prototype.open;
            prototype.open = function (method, url, ...rest) {
                const isCut = !isUp && url.startsWith("/tibillet_nfc/");
                return prototype.openWithNetwork.call(
                    this,
                    method,
                    isCut ? "http://127.0.0.1:1/" : url,
                    ...rest
                );
            };
        },
    };
}
