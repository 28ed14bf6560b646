import { ClosePosPopup } from "@point_of_sale/app/components/popups/closing_popup/closing_popup";
import { patch } from "@web/core/utils/patch";

const ASKED_TIMES = 6;
const WAIT_MS = 500;

patch(ClosePosPopup.prototype, {
    /** The other tills send what they were paid by card; what no order takes is given back at the closing. */
    async closeSession() {
        if (await this.pos.pushOrdersWithClosingPopup()) {
            await this.waitForUnsynced();
        }
        return super.closeSession();
    },

    async waitForUnsynced() {
        for (let asked = 0; asked < ASKED_TIMES; asked++) {
            const waiting = await this.pos.data.call("pos.session", "tibillet_ask_unsynced", [
                this.pos.session.id,
            ]);
            if (!waiting) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
        }
    },
});
