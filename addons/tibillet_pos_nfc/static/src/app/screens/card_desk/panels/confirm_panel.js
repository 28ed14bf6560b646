import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

/** What will happen, in euros, before it happens; one touch does it. */
export class ConfirmPanel extends Component {
    static template = "tibillet_pos_nfc.ConfirmPanel";
    static props = { desk: Object };

    setup() {
        this.desk = useState(this.props.desk);
        this.act = this.desk.panel;
    }

    get number() {
        return printedNumber(this.desk.shown.card.number);
    }

    get words() {
        const { pay_back, card } = this.desk.shown;
        const kept = pay_back.kept.join(", ");
        return {
            pay_back: {
                amount: pay_back.text,
                title: _t("in cash to the customer"),
                text: kept
                    ? _t("Stays on the card: %s", kept)
                    : _t("Nothing stays on the card. It can be topped up again."),
                button: _t("Hand out %s", pay_back.text),
            },
            block: {
                title: _t("Block card %s?", this.number),
                text: _t(
                    "It stops paying at once. What lies on it stays, a manager can unblock it."
                ),
                button: _t("Block the card"),
            },
            unblock: {
                title: _t("Unblock card %s?", this.number),
                text: _t("It pays again, with all that lies on it."),
                button: _t("Unblock the card"),
                approval: _t("Unblock card %s", this.number),
            },
            void: {
                title: _t("Void card %s for good?", this.number),
                text: this.voidText(card, pay_back, kept),
                button: _t("Void the card"),
                first: !card.holder && pay_back.amount ? "pay_back" : null,
                approval: _t("Void card %s", this.number),
            },
        }[this.act];
    }

    voidText(card, { amount, text }, kept) {
        if (card.holder) {
            return _t("It will never pay again. What %s owns stays theirs.", card.holder);
        }
        if (amount) {
            return _t("It still holds %s: pay it back first.", text);
        }
        return kept
            ? _t("It will never pay again. Lost with it: %s", kept)
            : _t("It will never pay again.");
    }

    confirm() {
        const values = this.act === "pay_back" ? { amount: this.desk.shown.pay_back.amount } : {};
        return this.desk.act(this.act, values, this.words.approval);
    }
}
