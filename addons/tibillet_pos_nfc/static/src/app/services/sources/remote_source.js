import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";

/** A phone paired as this till's reader: its taps come by the bus, sealed, and are opened while they are fresh. */
export class RemoteSource {
    static name = "remote";

    constructor({ pos }, { tap, attention }) {
        Object.assign(this, { pos, tap, attention });
    }

    get ready() {
        return true;
    }

    start() {
        this.pos.data.connectWebSocket("TIBILLET_TAP", ({ sealed }) => this.open(sealed));
    }

    stop() {}

    async open(sealed) {
        const answer = await askTill("remote_tap", { session_id: this.pos.session.id, sealed });
        if (answer.status === "ok") {
            this.tap({ uid: answer.uid, source: RemoteSource.name });
        } else {
            this.attention();
        }
    }

    async confirm() {
        return true;
    }
}
