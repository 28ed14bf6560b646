import { TapDesk } from "@tibillet_pos_nfc/app/services/tap_desk";
import { patch } from "@web/core/utils/patch";

patch(TapDesk.prototype, {
    onTap(tap) {
        if (this.pos.isLocked) {
            return this.pos.tapIn(tap);
        }
        this.pos.idleLock?.touch();
        return super.onTap(tap);
    },
});
