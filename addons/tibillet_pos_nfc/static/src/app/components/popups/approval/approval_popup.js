import { Component, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LONGEST = 8;
const SHORTEST = 4;

/** Tap a manager's card, or type a manager's PIN. */
export class ApprovalPopup extends Component {
    static template = "tibillet_pos_nfc.ApprovalPopup";
    static components = { Dialog };
    static props = { reason: String, desk: Object, getPayload: Function, close: Function };

    setup() {
        this.keys = KEYS;
        this.state = useState({ pin: "" });
        this.props.desk.waiting = {
            isManager: true,
            resolve: (tap) => tap && this.answer({ tap: this.bare(tap) }),
        };
        onWillUnmount(() => (this.props.desk.waiting = null));
        useExternalListener(window, "keydown", (event) => this.onKey(event), { capture: true });
    }

    get dots() {
        return "●".repeat(this.state.pin.length);
    }

    get isLongEnough() {
        return this.state.pin.length >= SHORTEST;
    }

    bare({ uid, source }) {
        return { uid, source };
    }

    type(digit) {
        this.state.pin = (this.state.pin + digit).slice(0, LONGEST);
    }

    erase() {
        this.state.pin = this.state.pin.slice(0, -1);
    }

    onKey(event) {
        if (/^[0-9]$/.test(event.key)) {
            this.type(event.key);
        } else if (event.key === "Backspace") {
            this.erase();
        } else if (event.key === "Enter") {
            this.confirm();
        } else {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    }

    confirm() {
        if (this.isLongEnough) {
            this.answer({ pin: this.state.pin });
        }
    }

    answer(approval) {
        this.props.getPayload(approval);
        this.props.close();
    }
}
