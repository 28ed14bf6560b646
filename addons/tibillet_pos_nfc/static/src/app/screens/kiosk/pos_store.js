import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";

const FIRST_PAGE = { top_up: "CardDeskScreen", kiosk: "KioskScreen" };

/** What a point of sale is for decides the screen that it opens on and comes back to. */
patch(PosStore.prototype, {
    get isKiosk() {
        return this.config?.tibillet_behaviour === "kiosk";
    },

    get defaultPage() {
        const page = FIRST_PAGE[this.config.tibillet_behaviour];
        return page ? { page, params: {} } : super.defaultPage;
    },

    async initServerData() {
        const process = await super.initServerData();
        if (this.isKiosk) {
            this.setCashier(this.user);
            await this.openKiosk();
            this.navigate(this.defaultPage.page);
        }
        return process;
    },

    /** Nobody counts a cash box at a kiosk: its session opens by itself. */
    async openKiosk() {
        if (this.session.state === "opening_control") {
            await this.data.call("pos.session", "set_opening_control", [this.session.id, 0, ""]);
            this.session.state = "opened";
        }
    },
});
