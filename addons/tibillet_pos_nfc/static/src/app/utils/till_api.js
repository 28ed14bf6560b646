import { ConnectionAbortedError, ConnectionLostError, rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";

const TIMEOUT_MS = 8000;

/**
 * Ask the server about a card. Never throws: no network and no answer in time are answers too.
 *
 * @param {"card"|"authorise"|"release"|"login"|"logout"} act
 * @returns {Promise<{status: string, code?: string, message?: string}>}
 */
export async function askTill(act, params) {
    const request = rpc(`/tibillet_nfc/${act}`, params, { silent: true });
    const timer = setTimeout(() => request.abort(), TIMEOUT_MS);
    try {
        return lockOn(await request);
    } catch (error) {
        if (error instanceof ConnectionLostError || error instanceof ConnectionAbortedError) {
            return {
                status: "offline",
                message: _t("No network. Take cash or bank card, or try again."),
            };
        }
        const isLoggedOut = error.exceptionName === "odoo.http.SessionExpiredException";
        if (isLoggedOut) {
            window.dispatchEvent(new CustomEvent("tibillet-logged-out"));
        }
        return {
            status: "refused",
            code: "error",
            message: isLoggedOut
                ? _t("You were logged out. Reload the page and log in again.")
                : _t("The server could not answer. Try again, or take another payment."),
        };
    } finally {
        clearTimeout(timer);
    }
}

/** Who may act here no more: the till locks, whatever was asked. */
function lockOn(answer) {
    if (answer.code === "cashier") {
        window.dispatchEvent(new CustomEvent("tibillet-locked", { detail: answer }));
    }
    return answer;
}

/** A4F291C7 as people read it on the card: A4F2 91C7. */
export function printedNumber(number) {
    return number ? `${number.slice(0, 4)} ${number.slice(4)}` : "";
}
