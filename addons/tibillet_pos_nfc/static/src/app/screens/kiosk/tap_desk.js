import { TapDesk } from "@tibillet_pos_nfc/app/services/tap_desk";
import { patch } from "@web/core/utils/patch";

patch(TapDesk.prototype, {
    onTap(tap) {
        return this.pos.kiosk?.isPaying ? undefined : super.onTap(tap);
    },

    /** A kiosk shows the card on its own screen. */
    openCard(card) {
        return this.pos.kiosk ? this.pos.kiosk.show(card) : super.openCard(card);
    },
});
