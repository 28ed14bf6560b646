import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

/** Demo cards on a table, to be touched instead of tapped; a demonstration database alone has some. */
export class SimulatorTray extends Component {
    static template = "tibillet_pos_nfc.SimulatorTray";
    static props = {};

    setup() {
        this.pos = useService("pos");
        this.nfc = useState(useService("tibillet_nfc"));
        this.desk = useState(this.nfc.desk);
        this.state = useState({ isOpen: false });
        this.printedNumber = printedNumber;
    }

    get source() {
        return this.nfc.sources.simulator;
    }

    get isOpen() {
        return this.state.isOpen || this.desk.isWaiting;
    }

    touch(card) {
        this.state.isOpen = false;
        this.source.touch(card);
    }

    label(card) {
        const states = {
            blank: _t("New card"),
            blocked: _t("Blocked"),
            lost: _t("Lost"),
            void: _t("Void"),
        };
        return states[card.state] ?? (card.holder || _t("Anonymous"));
    }
}

registry
    .category("main_components")
    .add("tibillet_pos_nfc.SimulatorTray", { Component: SimulatorTray });
