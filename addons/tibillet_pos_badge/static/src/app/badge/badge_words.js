import { Component, useState } from "@odoo/owl";

/** The answer to a tap, in large. */
export class BadgeWords extends Component {
    static template = "tibillet_pos_badge.BadgeWords";
    static props = { badge: Object };

    setup() {
        this.badge = useState(this.props.badge);
    }
}
