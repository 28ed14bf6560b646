import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { useAsyncLockedMethod } from "@point_of_sale/app/hooks/hooks";

/** Moves what an order was paid by cash, bank card or cheque to another of them. */
export class PaymentCorrectionPopup extends Component {
    static template = "tibillet_pos_closing.PaymentCorrectionPopup";
    static components = { Dialog };
    static props = {
        order: Object,
        paid: Array,
        methods: Array,
        close: Function,
    };

    setup() {
        this.pos = usePos();
        this.notification = useService("notification");
        this.state = useState({ from: this.props.paid[0], to: null, reason: this.reasons[0] });
        this.confirm = useAsyncLockedMethod(this.confirm);
    }

    get reasons() {
        return [
            _t("Wrong button"),
            _t("The customer changed their mind"),
            _t("The bank card failed"),
        ];
    }

    get targets() {
        return this.props.methods.filter((method) => method.id !== this.state.from.id);
    }

    choose(paid) {
        this.state.from = paid;
        this.state.to = null;
    }

    async confirm() {
        const { from, to, reason } = this.state;
        await this.pos.data.call("pos.order", "tibillet_correct_payment", [
            [this.props.order.id],
            from.id,
            to.id,
            reason,
        ]);
        this.notification.add(
            _t("%(amount)s moved from %(from)s to %(to)s.", {
                amount: from.amount,
                from: from.name,
                to: to.name,
            }),
            { type: "success" }
        );
        this.props.close();
    }
}
