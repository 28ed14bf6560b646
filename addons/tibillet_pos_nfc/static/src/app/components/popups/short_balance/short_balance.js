import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useActiveElement } from "@web/core/ui/ui_service";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** The card is short: nothing is debited until the cashier says how the rest is paid. */
export class ShortBalance extends Component {
    static template = "tibillet_pos_nfc.ShortBalance";
    static props = { line: Object, short: Object, choose: Function, close: Function };

    setup() {
        this.pos = usePos();
        useActiveElement("root");
        useHotkey("escape", () => this.props.close());
    }

    get asked() {
        return _t("To pay %(asked)s · on this card %(available)s", {
            asked: this.env.utils.formatCurrency(this.props.line.amount),
            available: this.props.short.available_text,
        });
    }

    get missing() {
        return _t("%s missing", this.props.short.missing_text);
    }

    /** Cash and bank; a customer account is no way to complete a card. */
    get methods() {
        return this.pos.config.payment_method_ids
            .filter(
                (method) =>
                    method.use_payment_terminal !== "tibillet_nfc" && method.type !== "pay_later"
            )
            .sort((a, b) => a.sequence - b.sequence);
    }

    choose(method) {
        this.props.choose(method);
        this.props.close();
    }
}
