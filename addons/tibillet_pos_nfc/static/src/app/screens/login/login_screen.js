import { useState } from "@odoo/owl";
import { LoginScreen } from "@point_of_sale/app/screens/login_screen/login_screen";
import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";

patch(LoginScreen.prototype, {
    setup() {
        super.setup(...arguments);
        this.nfc = useState(useService("tibillet_nfc"));
    },

    /** A phone reads cards once it was touched. */
    get sleepingReader() {
        const { web_nfc } = this.nfc.sources;
        this.nfc.version;
        return web_nfc && !web_nfc.ready ? web_nfc : null;
    },
});
