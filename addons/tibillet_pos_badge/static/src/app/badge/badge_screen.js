import { Component, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { Badge } from "./badge";
import { BadgeWords } from "./badge_words";

/** A till at the door: every tap is an entry or an exit. */
export class BadgeScreen extends Component {
    static template = "tibillet_pos_badge.BadgeScreen";
    static components = { BadgeWords };
    static props = {};
    static storeOnOrder = false;

    setup() {
        this.pos = usePos();
        this.nfc = useState(useService("tibillet_nfc"));
        this.badge = new Badge();
        this.pos.badge = this.badge;
        onWillUnmount(() => {
            this.badge.rest();
            this.pos.badge = null;
        });
    }

    get sleepingReader() {
        const { web_nfc } = this.nfc.sources;
        this.nfc.version;
        return web_nfc && !web_nfc.ready ? web_nfc : null;
    }
}

registry.category("pos_pages").add("BadgeScreen", {
    name: "BadgeScreen",
    component: BadgeScreen,
    route: `/pos/ui/${odoo.pos_config_id}/badge`,
    params: {},
});
