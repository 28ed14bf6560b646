import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { isMuted, playSound, setMuted } from "@tibillet_pos_nfc/app/utils/sounds";

/** Reader and network, always in the same corner: colour, icon and word. */
export class TapStatus extends Component {
    static template = "tibillet_pos_nfc.TapStatus";
    static components = { Dropdown };
    static props = {};

    setup() {
        this.pos = usePos();
        this.ui = useService("ui");
        this.nfc = useState(useService("tibillet_nfc"));
        this.state = useState({ isMuted: isMuted() });
    }

    get reader() {
        return {
            ready: { kind: "ok", icon: "fa-check", word: _t("Reader") },
            simulator: { kind: "ok", icon: "fa-check", word: _t("Simulator") },
            asleep: { kind: "warning", icon: "fa-clock-o", word: _t("Reader asleep") },
            unpaired: { kind: "danger", icon: "fa-times", word: _t("Not paired") },
            lost: { kind: "danger", icon: "fa-times", word: _t("No reader") },
        }[this.nfc.readerState];
    }

    get network() {
        return this.pos.data.network.offline
            ? { kind: "off", icon: "fa-ban", word: _t("Offline") }
            : { kind: "ok", icon: "fa-check", word: _t("Network") };
    }

    get readers() {
        const { box } = this.nfc.sources;
        return box?.readers ?? [];
    }

    get advice() {
        if (this.pos.data.network.offline) {
            return _t(
                "No network: take cash or bank card. What is paid is sent when the network is back."
            );
        }
        return {
            ready: _t("Cards can be tapped."),
            simulator: _t("Demonstration: tap the cards of the tray."),
            asleep: _t("Wake this phone's reader, then tap cards on its back."),
            unpaired: _t(
                "The reader's box does not know this till. Copy its pairing token into the settings."
            ),
            lost: _t("Plug the reader in, or start its box. It is found again by itself."),
        }[this.nfc.readerState];
    }

    toggleSound() {
        this.state.isMuted = !this.state.isMuted;
        setMuted(this.state.isMuted);
        if (!this.state.isMuted) {
            playSound("paid");
        }
    }
}
