import { reactive } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";

const SAFETY_MS = 30_000;
const RETRY_MS = 3_000;
const UNDO_MS = 10_000;

/**
 * What the screen shows, as the server last told it. The bus only says that something changed: everything is read
 * again, so that a page which slept, lost its network or was reloaded shows the same as the others.
 */
export class PrepFeed {
    constructor({ screen_id, channel }, bus, monitoring) {
        this.url = `/tibillet/prep/${screen_id}`;
        this.bus = bus;
        this.monitoring = monitoring;
        this.screen = { name: "", amber: 0, red: 0, sound: false, served: 0 };
        this.tickets = [];
        this.loaded = false;
        this.lost = false;
        this.refusal = "";
        this.readAt = 0;
        this.serverAhead = 0;
        this.last = null;
        this.asked = 0;
        this.channel = channel;
    }

    start() {
        this.bus.addChannel(this.channel);
        this.bus.subscribe("TIBILLET_PREP", () => this.read());
        for (const event of ["BUS:CONNECT", "BUS:RECONNECT"]) {
            this.bus.addEventListener(event, () => this.read());
        }
        for (const event of ["online", "focus"]) {
            window.addEventListener(event, () => this.read());
        }
        window.addEventListener("offline", () => (this.lost = true));
        setInterval(() => this.read(), SAFETY_MS);
        return this.read();
    }

    get isLost() {
        return this.lost || this.monitoring.isConnectionLost;
    }

    /** Seconds since 1970 by the server's clock: a tablet's own may be wrong. */
    get now() {
        return Date.now() / 1000 + this.serverAhead;
    }

    of(state) {
        return this.tickets.filter((ticket) => ticket.state === state);
    }

    read() {
        return this.ask("state", {});
    }

    async ask(act, params) {
        const turn = ++this.asked;
        try {
            const answer = await rpc(`${this.url}/${act}`, params, { silent: true });
            // A later question has the fresher answer.
            if (turn === this.asked) {
                this.show(answer);
            }
            return true;
        } catch (error) {
            this.fail(error, turn);
            return false;
        }
    }

    fail(error, turn) {
        if (error.exceptionName) {
            this.refusal = error.data?.message ?? "";
            return;
        }
        this.lost = true;
        clearTimeout(this.retry);
        if (turn === this.asked) {
            this.retry = setTimeout(() => this.read(), RETRY_MS);
        }
    }

    show({ screen, now, tickets }) {
        const news = this.loaded && this.hasNews(tickets);
        Object.assign(this, { screen, tickets, loaded: true, lost: false, readAt: Date.now() });
        this.serverAhead = now - Date.now() / 1000;
        if (news && screen.sound) {
            playSound("attention");
        }
    }

    /** Something that the cook has not seen: a ticket, or a change on one. */
    hasNews(tickets) {
        const known = new Set(this.tickets.map(signature));
        const shown = new Set(this.tickets.map((ticket) => ticket.id));
        return tickets.some(
            (ticket) =>
                ticket.state !== "served" &&
                (!shown.has(ticket.id) || (isChanged(ticket) && !known.has(signature(ticket))))
        );
    }

    async move(ticket, to) {
        const from = ticket.state;
        this.refusal = "";
        if (await this.ask("move", { ticket_id: ticket.id, known: from, to })) {
            this.last = { ticket, from, to };
            clearTimeout(this.forget);
            this.forget = setTimeout(() => (this.last = null), UNDO_MS);
        }
    }

    advance(ticket) {
        return this.move(ticket, ticket.state === "ready" || ticket.void ? "served" : "ready");
    }

    recall(ticket) {
        return this.move(ticket, ticket.state === "served" ? "ready" : "to_prepare");
    }

    /** The last touch of this page, undone. */
    async undo() {
        if (!this.last) {
            return;
        }
        const { ticket, from, to } = this.last;
        const steps = ticket.void && to === "served" ? ["ready", from] : [from];
        let known = to;
        for (const step of steps) {
            await this.ask("move", { ticket_id: ticket.id, known, to: step });
            known = step;
        }
        this.last = null;
    }

    /** The preparation printers of the till, where it has any. */
    reprint(ticket) {
        this.refusal = "";
        return this.ask("reprint", { ticket_id: ticket.id });
    }

    tick(ticket, line) {
        this.refusal = "";
        return this.ask("tick", { ticket_id: ticket.id, line_id: line.id, done: !line.done });
    }
}

function isChanged(ticket) {
    return ticket.lines.some((line) => line.changed);
}

function signature(ticket) {
    return JSON.stringify([
        ticket.id,
        ticket.lines.map((line) => [line.id, line.qty, line.note, line.changed, line.cancelled]),
    ]);
}

export const prepFeedService = {
    dependencies: ["bus_service", "bus.monitoring_service"],
    start(env, services) {
        const feed = reactive(
            new PrepFeed(
                session.tibillet_prep,
                services.bus_service,
                services["bus.monitoring_service"]
            )
        );
        feed.start();
        return feed;
    },
};

registry.category("services").add("tibillet_prep_feed", prepFeedService);
