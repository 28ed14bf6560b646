import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";

const EXPIRED = "odoo.http.SessionExpiredException";

/** A paired device may be withdrawn at any time, in mid-sale too. */
patch(PosStore.prototype, {
    async setup() {
        this.isRevoked = false;
        await super.setup(...arguments);
        window.addEventListener("tibillet-logged-out", () => this.onLoggedOut());
    },

    get pairedDeviceId() {
        return this.config._tibillet_device?.id;
    },

    async processServerData() {
        await super.processServerData();
        this.data.connectWebSocket("TIBILLET_DEVICE_REVOKED", ({ devices }) => {
            if (devices.includes(this.pairedDeviceId)) {
                this.onLoggedOut();
            }
        });
    },

    onLoggedOut() {
        if (this.pairedDeviceId) {
            this.isRevoked = true;
        }
    },

    /** The order stays paid on this device: it is sent when the device is paired again. */
    onSyncRefused(error) {
        if (this.pairedDeviceId && error.exceptionName === EXPIRED) {
            return this.onLoggedOut();
        }
        return super.onSyncRefused(...arguments);
    },
});
