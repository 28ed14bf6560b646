import { TapDesk } from "@tibillet_pos_nfc/app/services/tap_desk";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { PhoneWindow } from "@tibillet_pos_wallet/app/components/popups/phone_window/phone_window";
import { PhoneRequest } from "./phone_request";

patch(TapDesk.prototype, {
    /** What the server answers to the phone stands for the tap that the line waits for. */
    async payByPhone(line) {
        const { waiting } = this;
        if (!this.isWaiting || this.phone) {
            return;
        }
        this.phone = new PhoneRequest(this, line);
        this.phoneOver = this.askPhone(this.phone);
        const answer = await this.phoneOver;
        this.phone = null;
        if (this.waiting !== waiting) {
            return answer.status === "held" && this.held.release(answer.hold);
        }
        if (answer.code !== "cancelled") {
            this.waiting = null;
            waiting.resolve({ answer });
        }
    },

    async askPhone(request) {
        const asked = await request.ask();
        if (asked.status !== "asked") {
            return asked;
        }
        const close = this.dialog.add(
            PhoneWindow,
            { request },
            { onClose: () => request.cancel() }
        );
        const answer = await request.outcome();
        close();
        return answer;
    },

    /** A card pays faster: the code is taken back first, unless a phone has just paid. */
    onTap(tap) {
        if (!this.phone) {
            return super.onTap(tap);
        }
        this.phone.cancel();
        this.phoneOver.then(() => super.onTap(tap));
    },

    stopWaiting() {
        super.stopWaiting();
        this.phone?.cancel();
    },

    /** A phone confirms one amount: a wallet that lacks some pays nothing, and the line waits for something else. */
    async authorise(line, tap) {
        if (!tap.answer) {
            return super.authorise(line, tap);
        }
        const { status, missing_text, voucher } = tap.answer;
        return status === "short"
            ? {
                  status: "refused",
                  code: "short",
                  message: [_t("The wallet lacks %s: nothing was debited.", missing_text), voucher]
                      .filter((sentence) => sentence)
                      .join(" "),
              }
            : tap.answer;
    },

    leftText(answer) {
        return answer.card
            ? super.leftText(answer)
            : _t("Left in the wallet: %s", this.formatMinor(answer.left));
    },
});
