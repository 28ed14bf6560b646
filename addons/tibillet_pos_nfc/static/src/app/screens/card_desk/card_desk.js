import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { formatMoment, signedText } from "@tibillet_pos_nfc/app/utils/moves";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";
import { CardDeskState } from "./card_desk_state";
import { actsOf } from "./acts";
import { AmountPanel } from "./panels/amount_panel";
import { ConfirmPanel } from "./panels/confirm_panel";
import { DonePanel } from "./panels/done_panel";
import { HistoryPanel } from "./panels/history_panel";
import { LinkPanel } from "./panels/link_panel";
import { ReplacePanel } from "./panels/replace_panel";

const PANELS = {
    top_up: AmountPanel,
    cash_back: AmountPanel,
    gift: AmountPanel,
    time: AmountPanel,
    pay_back: ConfirmPanel,
    block: ConfirmPanel,
    unblock: ConfirmPanel,
    void: ConfirmPanel,
    link: LinkPanel,
    replace: ReplacePanel,
    history: HistoryPanel,
    done: DonePanel,
};

const STATES = {
    active: { icon: "fa-check", kind: "ok", word: _t("Active") },
    blank: { icon: "fa-star-o", kind: "off", word: _t("New card: the first top-up opens it") },
    blocked: { icon: "fa-ban", kind: "danger", word: _t("Blocked: it does not pay") },
    lost: { icon: "fa-times", kind: "danger", word: _t("Declared lost: keep it") },
    void: { icon: "fa-times", kind: "danger", word: _t("Void: out of use for good") },
};

/** All that a cashier does to a card: who it is, what it holds, what can be done, on one screen. */
export class CardDeskScreen extends Component {
    static template = "tibillet_pos_nfc.CardDeskScreen";
    static storeOnOrder = false;
    static components = {};
    static props = {};

    setup() {
        this.pos = usePos();
        this.nfc = useService("tibillet_nfc");
        this.taps = this.nfc.desk;
        this.desk = useState(new CardDeskState({ pos: this.pos, taps: this.taps }));
        Object.assign(this, { formatMoment, printedNumber, signedText });
        this.taps.cardDesk = this.desk;
        onMounted(() => this.takeOver());
        onWillUnmount(() => this.taps.cardDesk === this.desk && (this.taps.cardDesk = null));
    }

    /** The card whose window led here need not be tapped again. */
    takeOver() {
        const tap = this.taps.lastTap;
        this.taps.lastTap = null;
        if (tap) {
            this.desk.read(tap);
        }
    }

    get card() {
        return this.desk.shown?.card;
    }

    get state() {
        return STATES[this.card.state];
    }

    get holder() {
        return this.card.holder || _t("Anonymous card");
    }

    get acts() {
        return actsOf(this.desk.shown);
    }

    get panel() {
        return PANELS[this.desk.panel];
    }

    /** Of the panel's component, so that another act starts it afresh. */
    get panelKey() {
        return `${this.desk.panel}-${this.card.number}`;
    }

    tileName({ name, accepted, refundable, kind }) {
        if (!accepted) {
            return _t("%s · not taken here", name);
        }
        return refundable || kind === "money" ? name : _t("%s · stays if emptied", name);
    }

    /** To the order in hand; the first page would ask the cashier to log in again. */
    back() {
        const order = this.pos.getOrder();
        if (!order && this.pos.config.module_pos_restaurant) {
            const { page, params } = this.pos.defaultPage;
            return this.pos.navigate(page, params);
        }
        this.pos.navigateToOrderScreen(order ?? this.pos.openOrder);
    }
}

registry.category("pos_pages").add("CardDeskScreen", {
    name: "CardDeskScreen",
    component: CardDeskScreen,
    route: `/pos/ui/${odoo.pos_config_id}/card_desk`,
    params: {},
});
