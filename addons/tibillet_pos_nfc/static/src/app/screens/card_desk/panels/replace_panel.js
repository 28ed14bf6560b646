import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus } from "@web/core/utils/hooks";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

/** The card on the desk takes the place of a lost one, found by its number or its holder. */
export class ReplacePanel extends Component {
    static template = "tibillet_pos_nfc.ReplacePanel";
    static props = { desk: Object };

    setup() {
        this.desk = useState(this.props.desk);
        this.state = useState({ query: "", cards: null });
        this.printedNumber = printedNumber;
        useAutofocus({ refName: "query", mobile: true });
    }

    async search() {
        const answer = await this.desk.look("lost", { query: this.state.query });
        this.state.cards = answer?.cards ?? null;
    }

    replace({ number, holder }) {
        const lost = holder ? `${printedNumber(number)} (${holder})` : printedNumber(number);
        return this.desk.act(
            "replace",
            { number },
            _t("Replace the lost card %s by this one", lost)
        );
    }
}
