import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const ICONS = { paid: "fa-check", refused: "fa-times", attention: "fa-clock-o", offline: "fa-ban" };

/** What the last tap gave, on the whole screen for a moment; a touch or the next tap ends it. */
export class TapResult extends Component {
    static template = "tibillet_pos_nfc.TapResult";
    static props = {};

    setup() {
        this.desk = useState(useService("tibillet_nfc").desk);
    }

    get icon() {
        return ICONS[this.desk.result.kind];
    }
}

registry.category("main_components").add("tibillet_pos_nfc.TapResult", { Component: TapResult });
