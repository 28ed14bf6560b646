import { TicketScreen } from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import { patch } from "@web/core/utils/patch";
import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";

patch(TicketScreen.prototype, {
    /** Gift credit follows the articles that it lowered. */
    _getRefundableDetails() {
        return super._getRefundableDetails(...arguments).filter(({ line }) => !line.isGift);
    },

    async addAdditionalRefundInfo(order, destinationOrder) {
        await super.addAdditionalRefundInfo(...arguments);
        if (order.giftLines.length) {
            await this.bringGiftBack(destinationOrder);
        }
    },

    /** The server says how much of the refund goes back to its card as gift credit. */
    async bringGiftBack(order) {
        const refunds = order.lines.filter((line) => line.refunded_orderline_id);
        const answer = await askTill("gift_back", {
            session_id: this.pos.session.id,
            lines: refunds.map((line) => ({
                line: line.refunded_orderline_id.id,
                qty: -line.qty,
            })),
        });
        if (answer.status !== "ok") {
            return this.env.services.tibillet_nfc.desk.refuse(answer);
        }
        order.setGiftLines(
            Object.fromEntries(answer.parts.map(({ taxes, amount }) => [taxes.join(","), -amount]))
        );
    },
});
