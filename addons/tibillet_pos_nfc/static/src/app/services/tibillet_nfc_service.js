import { Reactive } from "@web/core/utils/reactive";
import { registry } from "@web/core/registry";
import { Approval } from "./approval";
import { TapDesk } from "./tap_desk";
import { BoxSource } from "./sources/box_source";
import { RemoteSource } from "./sources/remote_source";
import { SimulatorSource } from "./sources/simulator_source";
import { WebNfcSource } from "./sources/web_nfc_source";
import { WedgeSource } from "./sources/wedge_source";

/**
 * Readers of this till. Whatever the source, a tap is ``{uid, source}`` and goes to the desk.
 */
export class TibilletNfc extends Reactive {
    constructor(env, { pos, dialog, notification }) {
        super();
        this.pos = pos;
        this.desk = new TapDesk({
            env,
            pos,
            dialog,
            notification,
            confirm: (tap) => this.confirm(tap),
        });
        pos.tibilletApproval = new Approval({ dialog, desk: this.desk });
        this.sources = {};
        this.version = 0;
        if (this.isUsed) {
            this.startSources();
        }
    }

    /** Whether this till takes cards at all. */
    get isUsed() {
        return this.pos.config.payment_method_ids.some(
            (pm) => pm.use_payment_terminal === "tibillet_nfc"
        );
    }

    startSources() {
        const { config } = this.pos;
        if (config.tibillet_box_url && config.tibillet_box_token) {
            this.add(BoxSource, { url: config.tibillet_box_url, token: config.tibillet_box_token });
        }
        if (config.tibillet_web_nfc && WebNfcSource.isSupported) {
            this.add(WebNfcSource, {});
        }
        if (config._tibillet_has_reader) {
            this.add(RemoteSource, { pos: this.pos });
        }
        if (config._tibillet_demo_cards?.length) {
            this.add(SimulatorSource, { cards: config._tibillet_demo_cards });
        }
        if (config.tibillet_wedge) {
            this.add(WedgeSource, {});
        }
    }

    add(Source, config) {
        const source = new Source(config, {
            tap: (tap) => this.desk.onTap(tap),
            attention: () => this.desk.onUnreadable(),
            changed: () => this.version++,
        });
        this.sources[Source.name] = source;
        source.start();
    }

    confirm(tap) {
        return this.sources[tap.source]?.confirm(tap) ?? true;
    }

    /** @returns {"ready"|"simulator"|"asleep"|"unpaired"|"lost"} the reader in one word: a box counts before the others */
    get readerState() {
        this.version;
        const { box, web_nfc, simulator, wedge, remote } = this.sources;
        if (box && (box.ready || !simulator)) {
            return box.ready ? "ready" : box.state === "unpaired" ? "unpaired" : "lost";
        }
        if (web_nfc) {
            return web_nfc.ready ? "ready" : "asleep";
        }
        if (simulator) {
            return "simulator";
        }
        return wedge || remote ? "ready" : "lost";
    }
}

export const tibilletNfcService = {
    dependencies: ["pos", "dialog", "notification"],
    start(env, deps) {
        return new TibilletNfc(env, deps);
    },
};

registry.category("services").add("tibillet_nfc", tibilletNfcService);
