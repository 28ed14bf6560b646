import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** What a withdrawn device shows over everything: it sells no more, and keeps what it has not sent. */
export class DeviceRevoked extends Component {
    static template = "tibillet_pos_nfc.DeviceRevoked";
    static props = {};

    setup() {
        this.pos = useState(useService("pos"));
    }

    get unsent() {
        const unsent = this.pos.models["pos.order"].filter((order) => order.isUnsyncedPaid).length;
        return unsent
            ? _t("%s orders were paid here and are not sent yet: they stay on this device.", unsent)
            : _t("Everything that was paid here is sent.");
    }
}

registry
    .category("main_components")
    .add("tibillet_pos_nfc.DeviceRevoked", { Component: DeviceRevoked });
