import { Component, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";
import { Kiosk } from "./kiosk";

const AMOUNTS = [10, 20, 50];

/** A till without a cashier: tap, see, top up. */
export class KioskScreen extends Component {
    static template = "tibillet_pos_nfc.KioskScreen";
    static props = {};
    static storeOnOrder = false;

    setup() {
        this.pos = usePos();
        this.nfc = useState(useService("tibillet_nfc"));
        this.kiosk = useState(new Kiosk(this.pos));
        this.pos.kiosk = this.kiosk;
        this.amounts = AMOUNTS;
        this.printedNumber = printedNumber;
        onWillUnmount(() => {
            this.kiosk.leave();
            this.pos.kiosk = null;
        });
    }

    get sleepingReader() {
        const { web_nfc } = this.nfc.sources;
        this.nfc.version;
        return web_nfc && !web_nfc.ready ? web_nfc : null;
    }

    formatAmount(amount) {
        return this.env.utils.formatCurrency(amount).replace(/[.,]00(?=\D*$)/, "");
    }
}

registry.category("pos_pages").add("KioskScreen", {
    name: "KioskScreen",
    component: KioskScreen,
    route: `/pos/ui/${odoo.pos_config_id}/kiosk`,
    params: {},
});
