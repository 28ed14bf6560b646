import { TapDesk } from "@tibillet_pos_nfc/app/services/tap_desk";
import { patch } from "@web/core/utils/patch";

patch(TapDesk.prototype, {
    /** While a badge is asked for, a tap is an entry or an exit. */
    async readForWindow(tap) {
        const { badge } = this.pos;
        if (!badge) {
            return super.readForWindow(tap);
        }
        badge.show(await this.ask("badge", tap, {}));
    },
});
