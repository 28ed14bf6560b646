import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { parseFloat } from "@web/views/fields/parsers";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { NumberPopup } from "@point_of_sale/app/components/popups/number_popup/number_popup";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { formatMoment, signedText } from "@tibillet_pos_nfc/app/utils/moves";
import { bonusOf } from "@tibillet_pos_nfc/app/utils/bonus";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

const AMOUNTS = [10, 20, 50];

/** The card in hand: what it holds, what it did last, and the buttons that fill it. */
export class CardWindow extends Component {
    static template = "tibillet_pos_nfc.CardWindow";
    static components = { Dialog };
    static props = { desk: Object, close: Function };

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
        this.desk = useState(this.props.desk);
        this.amounts = AMOUNTS;
        Object.assign(this, { formatMoment, printedNumber, signedText });
    }

    get card() {
        return this.desk.card;
    }

    get title() {
        return this.card ? _t("Card") : _t("Top up a card");
    }

    get topUpProducts() {
        return this.pos.models["product.template"].filter((product) => product.tibillet_is_top_up);
    }

    get holder() {
        return this.card.card.holder || _t("Anonymous card");
    }

    get stateLabel() {
        return this.card.card.state === "blank"
            ? _t("New card: the first top-up opens it")
            : _t("Active");
    }

    formatAmount(amount) {
        return this.env.utils.formatCurrency(amount).replace(/[.,]00(?=\D*$)/, "");
    }

    /** The gift that comes with a top-up, told before it. */
    bonusText(product, amount) {
        const bonus = bonusOf(product, amount);
        return bonus ? `+ ${this.env.utils.formatCurrency(bonus.value)} ${bonus.name}` : "";
    }

    tileName({ name, accepted }) {
        return accepted ? name : _t("%s · not taken here", name);
    }

    async topUpOther(product) {
        const typed = await makeAwaitable(this.dialog, NumberPopup, {
            title: _t("Amount to top up"),
            formatDisplayedValue: (value) => `${value} ${this.pos.currency.symbol}`,
            isValid: (value) => this.parsed(value) > 0,
        });
        if (this.parsed(typed) > 0) {
            await this.topUp(product, this.parsed(typed));
        }
    }

    parsed(typed) {
        try {
            return parseFloat(String(typed ?? ""));
        } catch {
            return 0;
        }
    }

    openDesk() {
        this.props.close();
        this.pos.navigate("CardDeskScreen");
    }

    /** Put the top-up in the order in hand, tied to this card, and go on with it. */
    async topUp(product, amount) {
        const { number } = this.card.card;
        const order = this.openOrder();
        const isAlone = order.lines.length === 0;
        await this.pos.addLineToOrder(
            {
                product_tmpl_id: product,
                price_unit: amount,
                price_type: "automatic",
                tibillet_card: number,
            },
            order,
            {},
            false
        );
        this.props.close();
        const page = isAlone ? "PaymentScreen" : "ProductScreen";
        this.pos.navigate(page, { orderUuid: order.uuid });
    }

    openOrder() {
        const order = this.pos.getOrder();
        return order && !order.finalized && !order.isRefund ? order : this.pos.addNewOrder();
    }
}
