// What a payer's browser gets for https://js.stripe.com/v3/ in the tests; FAKE_STRIPE is put before it.
/* global FAKE_STRIPE */

window.Stripe = () => {
    let field;
    const elements = ({ paymentMethodTypes: [kind] }) => ({
        create: () => ({
            on() {},
            mount(place) {
                field = document.createElement("input");
                field.className = "form-control form-control-lg";
                field.name = "number";
                field.setAttribute("aria-label", kind === "card" ? "Card number" : "IBAN");
                place.replaceChildren(field);
            },
        }),
        update() {},
        submit: async () => ({}),
    });
    const confirmPayment = async ({ clientSecret, confirmParams }) => {
        const intent = clientSecret.split("_secret_")[0];
        const body = new URLSearchParams({ intent, number: field.value });
        const answer = await (
            await fetch(`${FAKE_STRIPE}/js/confirm`, { method: "POST", body })
        ).json();
        if (answer.error) {
            return answer;
        }
        if (answer.status !== "requires_action") {
            const back = new URL(confirmParams.return_url);
            back.searchParams.set("payment_intent", intent);
            back.searchParams.set("redirect_status", answer.status);
            location.assign(back);
        }
        return new Promise(() => {}); // the bank's window, or the page that comes
    };
    return { elements, confirmPayment };
};
