import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";
import { onWillUnmount } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";

patch(PaymentScreen.prototype, {
    setup() {
        super.setup(...arguments);
        this.tapDesk = useService("tibillet_nfc").desk;
        if (this.currentOrder?.giftTaken) {
            this.currentOrder.refreshGift();
        }
        onWillUnmount(() => this.tapDesk.leave(this.currentOrder));
    },

    async sendPaymentRequest(line) {
        const order = line.pos_order_id;
        await super.sendPaymentRequest(line);
        await this.completeTap(order, line);
    },

    /** The card was short: the rest is paid as the cashier chose. */
    async completeTap(order, line) {
        const complement = this.tapDesk.takeComplement(order);
        if (!complement) {
            return;
        }
        if (!line.isDone()) {
            order.removePaymentline(line);
        }
        if (complement.back) {
            return this.pos.navigate("ProductScreen", { orderUuid: order.uuid });
        }
        return this.addNewPaymentLine(complement.method);
    },

    deletePaymentLine(uuid) {
        const line = this.paymentLines.find((line) => line.uuid === uuid);
        if (line.tibillet_hold && line.amount >= 0) {
            this.tapDesk.held.release(line.tibillet_hold);
        }
        return super.deletePaymentLine(...arguments);
    },
});
