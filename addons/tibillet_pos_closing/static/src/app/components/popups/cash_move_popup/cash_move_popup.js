import { CashMovePopup } from "@point_of_sale/app/components/popups/cash_move_popup/cash_move_popup";
import { MoneyDetailsPopup } from "@point_of_sale/app/components/popups/money_details_popup/money_details_popup";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";

patch(CashMovePopup.prototype, {
    /** Notes and coins; the server counts them again. */
    countCash() {
        this.dialog.add(MoneyDetailsPopup, {
            moneyDetails: this.counts,
            action: _t("Cash in / out"),
            context: _t("Cash in / out"),
            getPayload: ({ total, moneyDetails }) => {
                this.counts = moneyDetails;
                this.counted = this.env.utils.formatCurrency(total, false);
                this.state.amount = this.counted;
            },
        });
    },

    /** A reason is asked where money leaves for anybody; the bank is one. */
    onClickButton(type) {
        super.onClickButton(type);
        if (type === "deposit" && !this.state.reason.trim()) {
            this.state.reason = _t("Taken to the bank");
        }
    },

    _prepareTryCashInOutPayload(type, amount, reason, partnerId, extras) {
        if (this.counts && this.state.amount === this.counted) {
            extras.tibillet_counts = Object.fromEntries(
                Object.entries(this.counts).map(([worth, number]) => [worth, Number(number) || 0])
            );
        }
        if (type === "deposit") {
            extras.translatedType = _t("bank deposit");
        }
        return super._prepareTryCashInOutPayload(type, amount, reason, partnerId, extras);
    },
});
