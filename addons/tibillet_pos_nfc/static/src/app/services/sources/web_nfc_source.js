/** The phone's own reader, by Web NFC (Chrome on Android, HTTPS); it starts from a touch of the cashier. */
export class WebNfcSource {
    static name = "web_nfc";

    constructor(_config, { tap, attention, changed }) {
        Object.assign(this, { tap, attention, changed });
        this.state = "off";
    }

    static get isSupported() {
        return "NDEFReader" in window;
    }

    get ready() {
        return this.state === "ready";
    }

    start() {}

    /** Ask the browser for the reader; must come from a touch. */
    async wake() {
        this.abort = new AbortController();
        try {
            const reader = new window.NDEFReader();
            reader.addEventListener("reading", ({ serialNumber }) =>
                this.tap({ uid: serialNumber.replaceAll(":", ""), source: WebNfcSource.name })
            );
            reader.addEventListener("readingerror", () => this.attention());
            await reader.scan({ signal: this.abort.signal });
            this.state = "ready";
        } catch {
            this.state = "refused";
        }
        this.changed();
    }

    stop() {
        this.abort?.abort();
        this.state = "off";
    }

    async confirm() {
        return true;
    }
}
