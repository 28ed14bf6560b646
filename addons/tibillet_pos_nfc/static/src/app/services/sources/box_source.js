const RETRY_MS = [500, 1000, 2000, 5000];
const PING_MS = 15000;
const CONFIRM_MS = 600;

/**
 * Reader behind the till's box, by WebSocket: hello, taps, readers; the box reads the card again on confirm.
 */
export class BoxSource {
    static name = "box";

    constructor({ url, token }, { tap, attention, changed }) {
        Object.assign(this, { url, token, tap, attention, changed });
        this.state = "off";
        this.readers = [];
        this.failures = 0;
        this.confirming = new Map();
    }

    get ready() {
        return this.state === "ready" && this.readers.length > 0;
    }

    start() {
        this.setState("connecting");
        this.socket = new WebSocket(this.url);
        this.socket.onopen = () => this.send({ type: "hello", token: this.token });
        this.socket.onmessage = (event) => this.receive(JSON.parse(event.data));
        this.socket.onclose = (event) => this.lost(event.code);
    }

    stop() {
        clearTimeout(this.retryTimer);
        clearInterval(this.pingTimer);
        this.socket.onclose = null;
        this.socket.close();
        this.setState("off");
    }

    /** @returns {Promise<boolean>} whether the tapped card still lies on the reader */
    confirm({ id }) {
        return new Promise((resolve) => {
            const timer = setTimeout(() => this.settle(id, false), CONFIRM_MS);
            this.confirming.set(id, (confirmed) => {
                clearTimeout(timer);
                resolve(confirmed);
            });
            this.send({ type: "confirm", id });
        });
    }

    receive(message) {
        switch (message.type) {
            case "ready":
                this.failures = 0;
                this.readers = message.readers;
                this.pingTimer = setInterval(() => this.ping(), PING_MS);
                return this.setState("ready");
            case "readers":
                this.readers = message.readers;
                return this.changed();
            case "tap":
                return this.tap({ uid: message.uid, source: BoxSource.name, id: message.id });
            case "unreadable":
                return this.attention();
            case "confirmed":
                return this.settle(message.id, true);
            case "lost":
                return this.settle(message.id, false);
            case "pong":
                this.pinged = false;
        }
    }

    settle(id, confirmed) {
        this.confirming.get(id)?.(confirmed);
        this.confirming.delete(id);
    }

    ping() {
        if (this.pinged) {
            return this.socket.close();
        }
        this.pinged = true;
        this.send({ type: "ping" });
    }

    send(message) {
        if (this.socket.readyState === WebSocket.OPEN) {
            this.socket.send(JSON.stringify(message));
        }
    }

    lost(code) {
        clearInterval(this.pingTimer);
        this.pinged = false;
        this.readers = [];
        for (const id of [...this.confirming.keys()]) {
            this.settle(id, false);
        }
        // 4401: the box does not know this till; trying again would not help.
        if (code === 4401) {
            return this.setState("unpaired");
        }
        this.setState("lost");
        const wait = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
        this.retryTimer = setTimeout(() => this.start(), wait);
    }

    setState(state) {
        this.state = state;
        this.changed();
    }
}
