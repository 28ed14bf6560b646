import { patch } from "@web/core/utils/patch";
import { onMounted, onWillUnmount } from "@odoo/owl";
import { FloorScreen } from "@pos_restaurant/app/screens/floor_screen/floor_screen";

patch(FloorScreen.prototype, {
    setup() {
        super.setup();
        onMounted(() => this.pos.tableStates.watch());
        onWillUnmount(() => this.pos.tableStates.unwatch());
    },

    tibilletState(table) {
        return this.pos.isEditMode ? null : this.pos.tableStates.of(table);
    },
});
