import { Component, onWillUnmount } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { Badge } from "./badge";
import { BadgeWords } from "./badge_words";

/** The article “Badge” was touched: cards are badged one after the other until it is closed. */
export class BadgePopup extends Component {
    static template = "tibillet_pos_badge.BadgePopup";
    static components = { BadgeWords, Dialog };
    static props = { title: String, close: Function };

    setup() {
        this.pos = usePos();
        this.badge = new Badge();
        this.pos.badge = this.badge;
        onWillUnmount(() => {
            this.badge.rest();
            this.pos.badge = null;
        });
    }
}
