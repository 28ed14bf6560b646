import { Component, onMounted } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";

/** A ticket on paper: only a copy of what the screen shows, and it says so. */
export class PaperTicket extends Component {
    static template = "tibillet_pos_restaurant.PaperTicket";
    static props = { ticket: Object, screen: String, onShown: Function };

    setup() {
        onMounted(() => this.props.onShown());
    }

    get title() {
        const { table, name } = this.props.ticket;
        return table ? _t("Table %s", table) : name;
    }

    get sentAt() {
        return this.time(luxon.DateTime.fromSeconds(this.props.ticket.sent_at));
    }

    get printedAt() {
        return this.time(luxon.DateTime.now());
    }

    time(when) {
        return when.toLocaleString(luxon.DateTime.TIME_24_SIMPLE);
    }

    quantity(line) {
        return formatFloat(line.cancelled ? line.seen : line.qty, { trailingZeros: false });
    }
}
