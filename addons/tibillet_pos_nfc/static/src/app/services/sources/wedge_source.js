export const PREFIX = "NFC:";
const MAX_GAP_MS = 150;

/**
 * Reader that types like a keyboard: NFC:04A4F291C75B80 and Enter. Caught before the stock barcode rules and
 * whatever has the focus.
 */
export class WedgeSource {
    static name = "wedge";

    constructor(_config, { tap }) {
        this.tap = tap;
        this.typed = "";
        this.typedAt = 0;
        this.onKeydown = this.onKeydown.bind(this);
    }

    get ready() {
        return true;
    }

    start() {
        window.addEventListener("keydown", this.onKeydown, { capture: true });
    }

    stop() {
        window.removeEventListener("keydown", this.onKeydown, { capture: true });
    }

    async confirm() {
        return true;
    }

    onKeydown(event) {
        const now = performance.now();
        if (now - this.typedAt > MAX_GAP_MS) {
            this.typed = "";
        }
        this.typedAt = now;
        if (event.key === "Enter" && this.typed.length > PREFIX.length) {
            this.keep(event);
            this.tap({ uid: this.typed.slice(PREFIX.length), source: WedgeSource.name });
            this.typed = "";
        } else if (event.key?.length === 1) {
            this.collect(event);
        }
    }

    collect(event) {
        // A reader types the other case when Caps Lock is on.
        const typed = this.typed + event.key.toUpperCase();
        if (typed.startsWith(PREFIX)) {
            this.keep(event);
            this.typed = typed;
            if (typed === PREFIX) {
                this.erasePrefix(event.target);
            }
        } else {
            this.typed = PREFIX.startsWith(typed) ? typed : "";
        }
    }

    keep(event) {
        event.preventDefault();
        event.stopImmediatePropagation();
    }

    /** The prefix was typed into a field before it could be told from a word. */
    erasePrefix(target) {
        const leaked = PREFIX.slice(0, -1);
        if (target instanceof HTMLInputElement && target.value.toUpperCase().endsWith(leaked)) {
            target.value = target.value.slice(0, -leaked.length);
            target.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}
