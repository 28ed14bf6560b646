import { PosData } from "@point_of_sale/app/services/data_service";
import { patch } from "@web/core/utils/patch";

patch(PosData.prototype, {
    async call(model, method) {
        try {
            return await super.call(...arguments);
        } catch (error) {
            if (method === "sync_from_ui") {
                this.deviceSync?.pos.onSyncRefused(error);
            }
            throw error;
        }
    },
});
