import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { parseFloat } from "@web/views/fields/parsers";
import { useService } from "@web/core/utils/hooks";
import { NumberPopup } from "@point_of_sale/app/components/popups/number_popup/number_popup";
import { bonusOf } from "@tibillet_pos_nfc/app/utils/bonus";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";

const QUICK = { top_up: [10, 20, 50], cash_back: [10, 20, 50], gift: [2, 5, 10] };
const QUICK_MINUTES = [30, 60, 120];
const REASONS = {
    gift: [_t("Volunteer"), _t("Artist"), _t("Goodwill")],
    time: [_t("Shift"), _t("Set-up"), _t("Help")],
};

/** An amount, then how it is paid or why it is given: the second touch does it. */
export class AmountPanel extends Component {
    static template = "tibillet_pos_nfc.AmountPanel";
    static props = { desk: Object };

    setup() {
        this.dialog = useService("dialog");
        this.desk = useState(this.props.desk);
        this.act = this.desk.panel;
        this.state = useState({ amount: 0, assetId: this.assets[0]?.asset_id, reason: "" });
    }

    get title() {
        return {
            top_up: _t("How much to top up?"),
            cash_back: _t("How much cash to hand out?"),
            gift: _t("How much to give?"),
            time: _t("How much time to give?"),
        }[this.act];
    }

    /** The currencies to choose from, where there are several. */
    get assets() {
        const { top_ups, grants } = this.desk.shown;
        return (
            {
                top_up: top_ups,
                gift: grants.filter((grant) => grant.kind === "gift"),
                time: grants.filter((grant) => grant.kind === "time"),
            }[this.act] ?? []
        );
    }

    get isTime() {
        return this.act === "time";
    }

    get factor() {
        return this.isTime ? 1 : 10 ** this.desk.pos.currency.decimal_places;
    }

    get amounts() {
        const quick = this.isTime ? QUICK_MINUTES : QUICK[this.act];
        return quick
            .map((amount) => amount * this.factor)
            .filter(
                (amount) => this.act !== "cash_back" || amount <= this.desk.shown.pay_back.amount
            );
    }

    get isOther() {
        return this.state.amount > 0 && !this.amounts.includes(this.state.amount);
    }

    /** Cash first: it is what a desk takes most. */
    get methods() {
        return this.desk.pos.config.payment_method_ids
            .filter(
                (method) =>
                    ["cash", "bank"].includes(method.type) &&
                    method.use_payment_terminal !== "tibillet_nfc"
            )
            .sort((a, b) => (b.type === "cash") - (a.type === "cash"));
    }

    get reasons() {
        return REASONS[this.act];
    }

    format(amount) {
        if (this.isTime) {
            return `${Math.floor(amount / 60)} h ${String(amount % 60).padStart(2, "0")}`;
        }
        return this.desk.taps.formatMinor(amount).replace(/[.,]00(?=\D*$)/, "");
    }

    /** The gift that comes with a top-up, told before it is paid. */
    bonusText(amount) {
        const asset = this.assets.find(({ asset_id }) => asset_id === this.state.assetId);
        const bonus =
            asset?.bonus && bonusOf({ _tibillet_bonus: asset.bonus }, amount / this.factor);
        return bonus ? `+ ${this.format(Math.round(bonus.value * this.factor))} ${bonus.name}` : "";
    }

    choose(amount) {
        this.state.amount = amount;
    }

    async chooseOther() {
        const unit = this.isTime ? _t("minutes") : this.desk.pos.currency.symbol;
        const typed = await makeAwaitable(this.dialog, NumberPopup, {
            title: this.title,
            formatDisplayedValue: (value) => `${value} ${unit}`,
            isValid: (value) => this.minor(value) > 0,
        });
        if (this.minor(typed) > 0) {
            this.choose(this.minor(typed));
        }
    }

    minor(typed) {
        try {
            return Math.round(parseFloat(String(typed ?? "")) * this.factor);
        } catch {
            return 0;
        }
    }

    pay(method) {
        const { amount, assetId } = this.state;
        if (method.payment_method_type !== "none") {
            const { product_id } = this.assets.find((asset) => asset.asset_id === assetId);
            return this.desk.payByTerminal(product_id, amount / this.factor);
        }
        return this.desk.act("top_up", {
            asset_id: assetId,
            amount,
            payment_method_id: method.id,
        });
    }

    give(words) {
        const { amount, assetId } = this.state;
        const reason = words.toString();
        const what = this.assets.find((asset) => asset.asset_id === assetId).name;
        return this.desk.act(
            "give",
            { asset_id: assetId, amount, reason },
            _t("Give %(amount)s of %(what)s: %(reason)s", {
                amount: this.format(amount),
                what,
                reason,
            })
        );
    }

    cashBack() {
        const { amount } = this.state;
        return this.desk.act(
            "cash_back",
            { amount },
            _t("Charge %s to the card and hand it out in cash", this.format(amount))
        );
    }
}
