import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { ApprovalPopup } from "@tibillet_pos_nfc/app/components/popups/approval/approval_popup";

/** A manager's word for what a cashier may not do alone. */
export class Approval {
    constructor({ dialog, desk }) {
        Object.assign(this, { dialog, desk });
    }

    /**
     * @param {string} reason what is approved, in the cashier's words
     * @returns {Promise<{pin: string}|{tap: {uid, source}}|null>} null: nobody approved
     */
    async ask(reason) {
        const approval = await makeAwaitable(this.dialog, ApprovalPopup, {
            reason,
            desk: this.desk,
        });
        return approval ?? null;
    }
}
