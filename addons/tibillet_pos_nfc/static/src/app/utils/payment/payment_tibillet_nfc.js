import { PaymentInterface } from "@point_of_sale/app/utils/payment/payment_interface";
import { register_payment_method } from "@point_of_sale/app/services/pos_store";
import { _t } from "@web/core/l10n/translation";
import { payDepositBack } from "./deposit_back";

/** Pays by tapping a card; a refund goes back to the card that paid. */
export class PaymentTibilletNfc extends PaymentInterface {
    get desk() {
        return this.env.services.tibillet_nfc.desk;
    }

    sendPaymentRequest(uuid) {
        const line = this.pos.models["pos.payment"].getBy("uuid", uuid);
        if (line.pos_order_id.isDepositReturn) {
            return payDepositBack(this.desk, line);
        }
        return line.amount < 0 ? this.giveBack(line) : this.desk.pay(line);
    }

    sendPaymentCancel(order, uuid) {
        return this.desk.cancel(order.getPaymentlineByUuid(uuid));
    }

    close() {
        this.desk.stopWaiting();
    }

    /** The server credits the card when the refund order is paid; here only the tap to undo is chosen. */
    async giveBack(line) {
        const original = this.paymentToUndo(line.pos_order_id);
        if (!original) {
            this.desk.refuse({
                status: "refused",
                message: _t(
                    "The refunded order was not paid with this card. Give the money back in cash."
                ),
            });
            return false;
        }
        const refundable =
            original.amount - (original.tibillet_refunded || 0) / original.minorFactor;
        line.setAmount(-Math.min(-line.amount, refundable));
        line.tibillet_hold = original.tibillet_hold;
        line.tibillet_card = original.tibillet_card;
        return true;
    }

    /** The first card payment of the refunded order that still has something to give back. */
    paymentToUndo(order) {
        const refunded = order.lines
            .map((line) => line.refunded_orderline_id?.order_id)
            .find(Boolean);
        const undone = new Set(
            order.payment_ids.filter((p) => p.isDone()).map((p) => p.tibillet_hold)
        );
        return refunded?.payment_ids.find(
            (payment) =>
                payment.isTapPayment &&
                payment.amount > 0 &&
                !undone.has(payment.tibillet_hold) &&
                payment.minorAmount > (payment.tibillet_refunded || 0)
        );
    }
}

register_payment_method("tibillet_nfc", PaymentTibilletNfc);
