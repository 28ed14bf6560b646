import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";

/** What taps hold and no order will take: given back now, or when the network is back. */
export class HeldTaps {
    constructor(pos) {
        this.pos = pos;
        this.unreleased = [];
        window.addEventListener("pos-network-online", () => this.releaseLeft());
    }

    async release(hold) {
        const answer = await askTill("release", { session_id: this.pos.session.id, hold });
        if (answer.status === "offline") {
            this.unreleased.push(hold);
        }
    }

    releaseOrder(order) {
        const holds = order.finalized ? [] : order.payment_ids.map((line) => line.tibillet_hold);
        return Promise.all(holds.filter(Boolean).map((hold) => this.release(hold)));
    }

    releaseLeft() {
        this.unreleased.splice(0).forEach((hold) => this.release(hold));
    }
}
