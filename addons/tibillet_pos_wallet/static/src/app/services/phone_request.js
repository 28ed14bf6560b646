import { Reactive } from "@web/core/utils/reactive";
import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";
import { articlesOf } from "@tibillet_pos_nfc/app/utils/articles";
import { unitsDue } from "@tibillet_pos_nfc/app/utils/units";

const POLL_MS = 1000;

/** A code that asks one payment line of whoever scans it, until a phone answers, time is over or the cashier gives up. */
export class PhoneRequest extends Reactive {
    constructor(desk, line) {
        super();
        Object.assign(this, { desk, line });
        this.url = null;
        this.seconds = 0;
        this.isOffline = false;
        this.isGivenUp = false;
    }

    /** @returns {Promise<object>} `asked`, or at once what the till is answered */
    async ask() {
        const order = this.line.pos_order_id;
        const others = order.payment_ids.filter(
            (other) => other.uuid !== this.line.uuid && other.tibillet_hold
        );
        const answer = await this.send("ask", {
            payment_uuid: this.line.uuid,
            order_uuid: order.uuid,
            amount: this.line.minorAmount,
            other_holds: others.map((other) => other.tibillet_hold),
            units: unitsDue(order, this.line),
            articles: articlesOf(order),
            gift_room: order.giftRoom,
        });
        this.id = answer.request;
        this.url = answer.url;
        this.seconds = answer.seconds;
        return answer;
    }

    /** @returns {Promise<object>} what a tap would have been answered, or a refusal */
    async outcome() {
        for (;;) {
            await this.pause();
            const answer = await this.send(this.isGivenUp ? "cancel" : "poll", {
                request_id: this.id,
            });
            this.isOffline = answer.status === "offline";
            if (this.isOffline && this.isGivenUp) {
                this.cancelLater();
                return { status: "refused", code: "cancelled" };
            }
            if (answer.status !== "asked" && !this.isOffline) {
                return answer;
            }
            this.seconds = answer.seconds ?? this.seconds;
        }
    }

    cancel() {
        this.isGivenUp = true;
        this.wake?.();
    }

    pause() {
        return new Promise((resolve) => {
            this.wake = resolve;
            setTimeout(resolve, this.isGivenUp ? 0 : POLL_MS);
        });
    }

    /** No network now: what a phone may have paid meanwhile is given back when it returns. */
    cancelLater() {
        const cancel = async () => {
            const answer = await this.send("cancel", { request_id: this.id });
            if (answer.status === "held") {
                this.desk.held.release(answer.hold);
            }
        };
        window.addEventListener("pos-network-online", cancel, { once: true });
    }

    send(act, params) {
        return askTill(`phone/${act}`, { session_id: this.desk.pos.session.id, ...params });
    }
}
