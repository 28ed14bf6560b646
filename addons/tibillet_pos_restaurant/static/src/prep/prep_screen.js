import { Component, onWillDestroy, useExternalListener, useState, whenReady } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { useService } from "@web/core/utils/hooks";
import { mountComponent } from "@web/env";
import { isMuted, playSound, setMuted } from "@tibillet_pos_nfc/app/utils/sounds";
import { PaperTicket } from "./paper_ticket";
import { TicketCard } from "./ticket_card";

const AGE_MS = 5_000;

export class PrepScreen extends Component {
    static template = "tibillet_pos_restaurant.PrepScreen";
    static components = { MainComponentsContainer, PaperTicket, TicketCard };
    static props = [];

    setup() {
        this.feed = useState(useService("tibillet_prep_feed"));
        this.state = useState({ tab: "to_prepare", muted: isMuted(), clock: 0, paper: null });
        const timer = setInterval(() => this.state.clock++, AGE_MS);
        onWillDestroy(() => clearInterval(timer));
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
    }

    get columns() {
        return [
            {
                state: "to_prepare",
                title: _t("To prepare"),
                icon: "fa-fire",
                empty: _t("Nothing waits. New orders appear here by themselves."),
            },
            { state: "ready", title: _t("Ready"), icon: "fa-bell", empty: _t("Nothing to carry.") },
            {
                state: "served",
                title: _t("Served today"),
                icon: "fa-check",
                empty: _t("Nothing served yet today."),
            },
        ].map((column) => {
            const tickets = this.feed.of(column.state);
            const count = column.state === "served" ? this.feed.screen.served : tickets.length;
            return { ...column, tickets, count };
        });
    }

    /** The clock's beat makes the ages new. */
    get now() {
        return this.state.clock >= 0 && this.feed.now;
    }

    get readAt() {
        return luxon.DateTime.fromMillis(this.feed.readAt).toLocaleString(
            luxon.DateTime.TIME_24_SIMPLE
        );
    }

    get lostText() {
        return this.feed.readAt
            ? _t("No network since %s: what comes after is not shown yet. It will be.", this.readAt)
            : _t("No network. The orders appear when it is back.");
    }

    get lastText() {
        const { ticket, to } = this.feed.last;
        const states = {
            to_prepare: _t("Ticket %s is to prepare again", ticket.number),
            ready: _t("Ticket %s is ready", ticket.number),
            served: _t("Ticket %s is served", ticket.number),
        };
        return states[to];
    }

    get soundText() {
        return this.state.muted ? _t("Sound off") : _t("Sound on");
    }

    /** On paper once more, by this browser's printer and by the preparation printers of the till. */
    print(ticket) {
        this.state.paper = ticket;
        this.feed.reprint(ticket);
    }

    onPaper() {
        window.print();
        this.state.paper = null;
    }

    toggleSound() {
        this.state.muted = !this.state.muted;
        setMuted(this.state.muted);
        playSound("attention");
    }

    /** 1 to 9 finish the first nine tickets, Backspace takes the last touch back, M mutes. */
    onKeydown(event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
            return;
        }
        const ticket = this.feed.of("to_prepare")[Number(event.key) - 1];
        if (ticket) {
            this.feed.advance(ticket);
        } else if (event.key === "Backspace") {
            this.feed.undo();
        } else if (event.key.toLowerCase() === "m") {
            this.toggleSound();
        }
    }
}

whenReady(() => mountComponent(PrepScreen, document.body));
