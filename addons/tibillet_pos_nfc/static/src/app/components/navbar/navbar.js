import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";
import { TapStatus } from "@tibillet_pos_nfc/app/components/tap_status/tap_status";

Navbar.components = { ...Navbar.components, TapStatus };

patch(Navbar.prototype, {
    setup() {
        super.setup(...arguments);
        this.nfc = useService("tibillet_nfc");
    },

    get mainButton() {
        return this.pos.router.state.current === "CardDeskScreen" ? "card_desk" : super.mainButton;
    },
});
