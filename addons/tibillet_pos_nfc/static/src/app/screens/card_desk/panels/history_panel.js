import { Component, onWillStart, useState } from "@odoo/owl";
import { formatMoment, signedText } from "@tibillet_pos_nfc/app/utils/moves";

/** What moved on the card, newest first, in plain words. */
export class HistoryPanel extends Component {
    static template = "tibillet_pos_nfc.HistoryPanel";
    static props = { desk: Object };

    setup() {
        this.desk = useState(this.props.desk);
        this.state = useState({ moves: [] });
        Object.assign(this, { formatMoment, signedText });
        onWillStart(async () => {
            const answer = await this.desk.look("history", {});
            this.state.moves = answer?.moves ?? [];
        });
    }
}
