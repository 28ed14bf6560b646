import { Reactive } from "@web/core/utils/reactive";
import { _t } from "@web/core/l10n/translation";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";

// A result fills the screen for no longer than this; the next tap ends it at once.
const RESULT_MS = 1200;
const SOUND_OF = { paid: "paid", refused: "refused", attention: "attention", offline: "attention" };
const TOAST_OF = { refused: "danger", attention: "warning", offline: "warning" };

/** What the last tap gave: on the whole screen, by a sound, and as a note for who looked away. */
export class TapResults extends Reactive {
    constructor({ env, notification }) {
        super();
        Object.assign(this, { env, notification });
        this.result = null;
        this.duration = RESULT_MS;
    }

    /** @param {{kind: "paid"|"refused"|"attention"|"offline", title: string, message?: string}} result */
    show(result) {
        this.dismiss();
        this.result = result;
        playSound(SOUND_OF[result.kind]);
        this.timer = setTimeout(() => this.dismiss(true), this.duration);
    }

    refuse(answer) {
        const titles = {
            refused: _t("Refused"),
            offline: _t("Offline"),
            attention: _t("Tap again"),
        };
        const { status, code, message } = answer;
        this.show({ kind: status, title: titles[status], code, message });
    }

    showGivenBack(order) {
        this.show({
            kind: "paid",
            title: _t("Goes back to the card"),
            amount: this.env.utils.formatCurrency(-order.priceIncl),
            card: [...new Set(order.payment_ids.map((line) => line.printedCard))].join(", "),
        });
    }

    dismiss(isOver = false) {
        clearTimeout(this.timer);
        const shown = this.result;
        this.result = null;
        if (shown?.message && isOver) {
            this.closeToast = this.notification.add(shown.message, { type: TOAST_OF[shown.kind] });
        } else {
            this.closeToast?.();
        }
        if (isOver) {
            this.onResultOver();
        }
    }

    onResultOver() {}
}
