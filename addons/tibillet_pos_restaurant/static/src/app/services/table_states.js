import { getOrderChanges } from "@point_of_sale/app/models/utils/order_change";
import { _t } from "@web/core/l10n/translation";
import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";

const BEAT_MS = 15_000;
const SOON_MS = 300;

/**
 * Why a table still needs somebody: what its orders say here, and what kitchen and bar say of them. It is read again
 * at each of their news while the floor plan is shown, and with the beat that makes the minutes new.
 */
export class TableStates {
    constructor(pos) {
        this.pos = pos;
        this.kitchen = [];
        this.serverAhead = 0;
        this.now = 0;
    }

    watch() {
        this.isWatched = true;
        this.timer = setInterval(() => this.read(), BEAT_MS);
        return this.read();
    }

    unwatch() {
        this.isWatched = false;
        clearInterval(this.timer);
    }

    /** Some news of the kitchen: thirty orders in a second are one question. */
    refresh() {
        clearTimeout(this.soon);
        this.soon = setTimeout(() => this.isWatched && this.read(), SOON_MS);
    }

    async read() {
        if (!this.pos.hasPrepScreens) {
            return;
        }
        const answer = await askTill("tables", { session_id: this.pos.session.id });
        if (answer.status === "ok") {
            this.kitchen = answer.tables;
            this.serverAhead = answer.now - Date.now() / 1000;
        }
        // By the server's clock; without an answer the minutes go on.
        this.now = Date.now() / 1000 + this.serverAhead;
    }

    /** @returns {{name, icon, text, title}|null} null: nobody waits, nothing is due */
    of(table) {
        const orders = table.getOrders().filter((order) => !order.finalized);
        const kitchen = this.kitchen.filter((entry) => entry.table === table.id);
        const ready = kitchen.find((entry) => entry.state === "ready");
        const cooked = kitchen.find((entry) => entry.state === "to_prepare");
        const isPaid = !orders.length;
        if (ready) {
            return this.ready(isPaid);
        }
        if (orders.some((order) => this.hasUnsent(order))) {
            return {
                name: "to-send",
                icon: "fa-paper-plane",
                text: _t("To send"),
                title: _t("Not sent to the kitchen yet"),
            };
        }
        if (cooked) {
            return this.cooked(cooked, isPaid);
        }
        if (orders.some((order) => order.lines.length)) {
            return this.toPay(kitchen.some((entry) => entry.state === "served"));
        }
        return null;
    }

    hasUnsent(order) {
        return getOrderChanges(order, this.pos.config.preparationCategories).nbrOfChanges > 0;
    }

    ready(isPaid) {
        return {
            name: "ready",
            icon: "fa-bell",
            text: _t("Ready"),
            title: isPaid ? _t("Paid, ready to be carried") : _t("Ready to be carried"),
        };
    }

    cooked({ since, late }, isPaid) {
        const minutes = Math.max(0, Math.floor((this.now - since) / 60));
        return {
            name: "kitchen",
            icon: minutes < late ? "fa-fire" : "fa-exclamation-triangle",
            text: _t("Kitchen %s min", minutes),
            title: isPaid ? _t("Paid, being prepared") : _t("Being prepared"),
        };
    }

    toPay(isServed) {
        return {
            name: "to-pay",
            icon: "fa-money",
            text: _t("To pay"),
            title: isServed ? _t("Served, to be paid") : _t("To be paid"),
        };
    }
}
