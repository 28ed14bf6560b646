import { PosPayment } from "@point_of_sale/app/models/pos_payment";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

patch(PosPayment.prototype, {
    get isTapPayment() {
        return this.payment_method_id?.use_payment_terminal === "tibillet_nfc";
    },

    get minorFactor() {
        return 10 ** this.pos_order_id.currency.decimal_places;
    },

    /** The amount in the currency's smallest unit, as the ledger counts. */
    get minorAmount() {
        return Math.round(this.amount * this.minorFactor);
    },

    get printedCard() {
        return printedNumber(this.tibillet_card);
    },

    /** Keep what the server answered to the tap; the receipt tells the card and what is left on it. */
    setTap({ hold, card, unit_holds, gift, gift_hold }, left) {
        this.tibillet_hold = hold;
        if (gift) {
            // What gift credit takes off the price is no payment.
            this.tibillet_gift = gift;
            this.tibillet_gift_hold = gift_hold;
            this.setAmount((this.minorAmount - gift) / this.minorFactor);
            this.pos_order_id.refreshGift();
        }
        this.tibillet_unit_holds = unit_holds;
        this.tibillet_card = card;
        this.ticket = _t("Card %(card)s · left %(left)s", { card: printedNumber(card), left });
    },
});
