/** What the phone knows and has to tell: in the browser's own storage, so that a closed page loses nothing. */

import { peek, signed } from "./ticket.js";

const read = (name, other) =>
    JSON.parse(localStorage.getItem(`door.${name}`) ?? JSON.stringify(other));
const keep = (name, value) => localStorage.setItem(`door.${name}`, JSON.stringify(value));
const now = () => Math.floor(Date.now() / 1000);

export const store = {
    secret: read("secret", null),
    list: read("list", null),
    queue: read("queue", []),
    twice: read("twice", []),

    save(name, value) {
        this[name] = value;
        keep(name, value);
    },

    /** Take the server's list; what this phone decided and did not tell yet stays on it. */
    refresh(list) {
        const passed = this.queue.filter((scan) => ["in", "out"].includes(scan.answer));
        const mine = new Map(passed.map((scan) => [scan.uuid, !scan.leave]));
        for (const ticket of list.tickets) {
            if (mine.has(ticket[0])) {
                ticket[4] = mine.get(ticket[0]);
                ticket[3] = "done";
            }
        }
        this.save("list", list);
    },

    find(shown) {
        return this.list.tickets.find((ticket) => ticket[5] === shown);
    },

    /** {answer, name, price, uuid} of a ticket, decided here alone. */
    async decide(shown, leave) {
        let ticket = this.find(shown);
        if (!ticket) {
            const token = peek(shown);
            const key = token && this.list.keys[token.key];
            if (!key || !(await signed(token, key))) {
                return { answer: "forged" };
            }
            if (token.event !== this.list.event.id) {
                return { answer: "other" };
            }
            ticket = this.list.tickets.find((known) => known[0] === token.uuid);
            if (!ticket && token.until < now()) {
                return { answer: "late" };
            }
            if (!ticket) {
                // Sold after the list was fetched: the signature says that it is good.
                ticket = [token.uuid, "", "", "open", false, "", false];
                this.list.tickets.push(ticket);
            }
        }
        return {
            answer: this.pass(ticket, leave),
            name: ticket[1],
            price: ticket[2],
            uuid: ticket[0],
        };
    },

    pass(ticket, leave) {
        const [, , , state, inside, , slot] = ticket;
        if (state === "cancel") {
            return "cancelled";
        }
        if (state === "draft") {
            return "unpaid";
        }
        const { opens, ends } = this.list.slots[slot] ?? this.list;
        if (now() < opens) {
            return "early";
        }
        if (now() > ends) {
            return "late";
        }
        const again = this.list.event.reentry || state === "open";
        if (leave ? !inside : inside || !again) {
            return "already";
        }
        this.mark(ticket, leave);
        return leave ? "out" : "in";
    },

    mark(ticket, leave) {
        ticket[3] = "done";
        ticket[4] = !leave;
        keep("list", this.list);
    },

    /** Keep a scan for later; the same key is told once, however often it is sent. */
    remember(scan) {
        this.save("queue", [...this.queue, { ...scan, event: this.list.event.id, at: now() }]);
    },

    /** What is to be told of the event whose door this phone is now; another's waits until it is that door again. */
    toTell() {
        return this.queue.filter((scan) => scan.event === this.list.event.id);
    },

    told(keys) {
        this.save(
            "queue",
            this.queue.filter((scan) => !keys.has(scan.key))
        );
    },
};
