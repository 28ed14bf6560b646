import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";

const AGE_ICONS = {
    fresh: "fa-clock-o",
    amber: "fa-hourglass-half",
    red: "fa-exclamation-triangle",
};

/** One ticket: for whom, since when, what; one touch advances it, another calls it back. */
export class TicketCard extends Component {
    static template = "tibillet_pos_restaurant.TicketCard";
    static props = {
        ticket: Object,
        now: Number,
        amber: Number,
        red: Number,
        position: { type: Number, optional: true },
        onAdvance: Function,
        onRecall: Function,
        onTick: Function,
        onPrint: Function,
    };

    get title() {
        const { table, name } = this.props.ticket;
        return table ? _t("Table %s", table) : name;
    }

    get minutes() {
        const { sent_at, ready_at, state } = this.props.ticket;
        const until = state === "served" ? ready_at || this.props.now : this.props.now;
        const since = state === "ready" ? ready_at : sent_at;
        return Math.max(0, Math.floor((until - since) / 60));
    }

    /** Amber, then red, while someone waits: for the dish to be made, then for it to be carried. */
    get age() {
        if (this.props.ticket.state === "served" || this.props.ticket.void) {
            return "fresh";
        }
        const { amber, red } = this.props;
        return this.minutes >= red ? "red" : this.minutes >= amber ? "amber" : "fresh";
    }

    get ageIcon() {
        return AGE_ICONS[this.age];
    }

    get ageText() {
        return _t("%s min", this.minutes);
    }

    get servedAt() {
        const { served_at } = this.props.ticket;
        return luxon.DateTime.fromSeconds(served_at).toLocaleString(luxon.DateTime.TIME_SIMPLE);
    }

    get button() {
        const { state } = this.props.ticket;
        if (this.props.ticket.void) {
            return { icon: "fa-check", text: _t("Understood") };
        }
        return state === "ready"
            ? { icon: "fa-cutlery", text: _t("Served") }
            : { icon: "fa-check", text: _t("Ready") };
    }

    get recallText() {
        return _t("Call ticket %s back", this.props.ticket.number);
    }

    get printText() {
        return _t("Print ticket %s again", this.props.ticket.number);
    }

    quantity(line) {
        return this.format(line.cancelled ? line.seen : line.qty);
    }

    format(qty) {
        return formatFloat(qty, { trailingZeros: false });
    }

    change(line) {
        if (line.cancelled) {
            return { icon: "fa-ban", text: _t("cancelled") };
        }
        const more = line.qty - line.seen;
        if (!line.seen) {
            return { icon: "fa-plus", text: _t("added") };
        }
        if (!more) {
            return { icon: "fa-pencil", text: _t("note changed") };
        }
        const sign = more > 0 ? "+" : "−";
        return {
            icon: "fa-pencil",
            text: _t("changed: %s", `${sign}${this.format(Math.abs(more))}`),
        };
    }
}
