import { Reactive } from "@web/core/utils/reactive";
import { _t } from "@web/core/l10n/translation";
import { formatMoment } from "@tibillet_pos_nfc/app/utils/moves";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

// Long enough to read one's own name; the next card ends it at once.
const SHOWN_MS = 6000;

/** What the last tap at the door said: idle, in, out or refused. */
export class Badge extends Reactive {
    constructor() {
        super();
        this.step = "idle";
        this.answer = null;
    }

    /** @param {{status: string, direction?: "in"|"out", at?: string, minutes?: number, card?: object}} answer */
    show(answer) {
        clearTimeout(this.forgetting);
        this.answer = answer;
        this.step = answer.status === "ok" ? answer.direction : "refused";
        playSound(answer.status === "ok" ? "paid" : "refused");
        this.forgetting = setTimeout(() => this.rest(), SHOWN_MS);
    }

    rest() {
        clearTimeout(this.forgetting);
        this.step = "idle";
        this.answer = null;
    }

    get icon() {
        return {
            in: "fa-sign-in tibillet-status-ok",
            out: "fa-sign-out tibillet-badge-out",
            refused: "fa-times tibillet-status-danger",
        }[this.step];
    }

    get title() {
        if (this.step === "refused") {
            return _t("Refused");
        }
        const { holder, number } = this.answer.card;
        const who = holder || printedNumber(number);
        return this.step === "in" ? _t("Hello %s", who) : _t("Goodbye %s", who);
    }

    get words() {
        if (this.answer.status === "offline") {
            return _t("No network: nothing was recorded. Try again in a moment.");
        }
        if (this.step === "refused") {
            return this.answer.message;
        }
        const time = formatMoment(this.answer.at);
        return this.step === "in" ? _t("Entry %s", time) : _t("Exit %s", time);
    }

    /** How long the stay lasted that has just ended: 2 h 10. */
    get duration() {
        const minutes = this.answer.minutes;
        return this.step === "out"
            ? `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`
            : "";
    }
}
