import { _t } from "@web/core/l10n/translation";

const TAKES_MONEY = ["active", "blank"];

/**
 * Cups came back: the card that is tapped now takes their price. The server credits it when the order is paid.
 * @returns {Promise<boolean>} false: the cashier gave up
 */
export async function payDepositBack(desk, line) {
    for (;;) {
        line.setPaymentStatus("waitingCard");
        const tap = await desk.nextTap();
        if (!tap) {
            return false;
        }
        line.setPaymentStatus("waiting");
        const answer = (await tap.confirmed)
            ? await desk.ask("card", tap, {})
            : { status: "attention", message: _t("The card left too soon. Tap it again.") };
        if (answer.status === "ok" && TAKES_MONEY.includes(answer.card.state)) {
            line.tibillet_card = answer.card.number;
            return true;
        }
        desk.refuse(answer);
        if (answer.status === "offline") {
            return false;
        }
    }
}
