import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Counts down to the moment when the buyer's seats go back, and says so then. */
export class HeldSeats extends Interaction {
    static selector = ".o_tibillet_held";
    dynamicContent = {
        ".o_tibillet_held_on": { "t-att-class": () => ({ "d-none": this.left <= 0 }) },
        ".o_tibillet_held_left": { "t-out": () => this.clock },
        ".o_tibillet_held_over": { "t-att-class": () => ({ "d-none": this.left > 0 }) },
        _root: {
            "t-att-class": () => ({
                "alert-info": this.left > 0,
                "alert-warning": this.left <= 0,
            }),
        },
    };

    setup() {
        this.until = new Date(this.el.dataset.until).getTime();
    }

    start() {
        const timer = setInterval(() => this.updateContent(), 1000);
        this.registerCleanup(() => clearInterval(timer));
    }

    get left() {
        return Math.ceil((this.until - Date.now()) / 1000);
    }

    get clock() {
        const seconds = Math.max(this.left, 0);
        return `(${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")})`;
    }
}

registry.category("public.interactions").add("tibillet_ticketing_website.held_seats", HeldSeats);
