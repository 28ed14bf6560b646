/* global posmodel */

export function step(name, ...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return {
        content: `the kiosk: ${name} ${texts}`,
        trigger: `.tibillet-kiosk[data-step="${name}"]${contents}`,
    };
}

export function touch(text) {
    return {
        content: `touch ${text}`,
        trigger: `.tibillet-kiosk button:contains("${text}")`,
        run: "click",
    };
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
