import { patch } from "@web/core/utils/patch";
import { onWillUnmount } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { EditOrderNamePopup } from "@pos_restaurant/app/components/popup/edit_order_name_popup/edit_order_name_popup";

patch(EditOrderNamePopup.prototype, {
    setup() {
        super.setup();
        this.tibilletDesk = useService("tibillet_nfc").desk;
        onWillUnmount(() => this.tibilletDesk.stopWaiting());
    },

    onMounted() {
        super.onMounted();
        this.nameByCard();
    },

    /** The tapped card names the order: its holder's first name, else its printed number. */
    async nameByCard() {
        for (;;) {
            const tap = await this.tibilletDesk.nextTap();
            if (!tap) {
                return;
            }
            const answer = await this.tibilletDesk.ask("table_name", tap, {});
            if (answer.status === "ok") {
                this.state.inputValue = answer.name;
                return this.confirm();
            }
            this.tibilletDesk.refuse(answer);
        }
    },
});
