import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import { CupsBack } from "@tibillet_pos_nfc/app/components/popups/cups_back/cups_back";
import { patch } from "@web/core/utils/patch";

patch(ControlButtons.prototype, {
    get hasDeposits() {
        return this.pos.models["product.template"].some((product) => product.tibillet_deposit);
    },

    get offerableLine() {
        const line = this.currentOrder?.getSelectedOrderline();
        const isSold = line && line.qty > 0 && line.priceIncl > 0;
        return isSold && !line.isTopUp && !line.isDeposit ? line : null;
    },

    clickCupsBack() {
        this.props.close?.();
        this.dialog.add(CupsBack);
    },

    async clickOffer() {
        const line = this.offerableLine;
        this.props.close?.();
        await this.pos.tibilletOffer(line);
    },
});
