import { PosStore } from "@point_of_sale/app/services/pos_store";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";
import { IdleLock } from "./idle_lock";
import { KnownCards } from "./known_cards";

/** A till that asks for a cashier card is locked until one is tapped; `seated` is who tapped: {id, name, manager}. */
patch(PosStore.prototype, {
    async setup() {
        this.seated = null;
        this.lockReason = this.lockCode = "";
        await super.setup(...arguments);
        if (this.asksCard) {
            this.knownCards = new KnownCards();
            this.idleLock = new IdleLock(this);
            window.addEventListener("tibillet-locked", ({ detail }) =>
                this.lock(detail.message, detail.code)
            );
        }
    },

    get asksCard() {
        return Boolean(this.config?.tibillet_cashier_login);
    },

    get isLocked() {
        return this.asksCard && !this.seated;
    },

    async processServerData() {
        await super.processServerData();
        this.data.connectWebSocket("TIBILLET_CASHIER_ENDED", ({ cashiers }) => {
            this.knownCards?.forget(cashiers);
            if (cashiers.includes(this.seated?.id)) {
                this.lock(
                    _t("This cashier card opens this till no more. Call a manager."),
                    "ended"
                );
            }
        });
    },

    async initServerData() {
        const process = await super.initServerData();
        if (this.isLocked) {
            this.navigate("LoginScreen");
        }
        return process;
    },

    async handleUrlParams() {
        return this.isLocked ? undefined : super.handleUrlParams(...arguments);
    },

    shouldShowOpeningControl() {
        return !this.isLocked && super.shouldShowOpeningControl();
    },

    get firstPage() {
        if (!this.asksCard) {
            return super.firstPage;
        }
        return this.isLocked ? { page: "LoginScreen", params: {} } : this.defaultPage;
    },

    setCashier(user) {
        return this.isLocked ? undefined : super.setCashier(user);
    },

    resetCashier() {
        this.seated = null;
        super.resetCashier();
    },

    getCashierUserId() {
        return this.seated?.id ?? super.getCashierUserId();
    },

    createNewOrder() {
        const order = super.createNewOrder(...arguments);
        this.signOrder(order);
        return order;
    },

    /** Who stands at the till is who sells. */
    signOrder(order) {
        if (this.seated) {
            order.tibillet_cashier_id = this.models["res.users"].get(this.seated.id);
        }
    },

    /** A card tapped on the lock screen. */
    async tapIn({ uid, source }) {
        const answer = await this.askLogin(uid, source);
        if (answer.status !== "ok") {
            this.lockReason = answer.message;
            this.lockCode = answer.code;
            playSound("refused");
            return;
        }
        playSound("paid");
        this.sitDown(answer.cashier);
    },

    /** Without a network, who tapped in since this page was opened may tap in again. */
    async askLogin(uid, source) {
        const answer = await askTill("login", {
            session_id: this.session.id,
            tap: { uid, source },
        });
        if (answer.status === "ok") {
            await this.knownCards.keep(uid, answer.cashier);
        }
        const known = answer.status === "offline" && (await this.knownCards.of(uid));
        return known ? { status: "ok", cashier: known } : answer;
    },

    sitDown(cashier) {
        const users = this.models["res.users"];
        if (!users.get(cashier.id)) {
            this.models.loadConnectedData({
                "res.users": [{ id: cashier.id, name: cashier.name, partner_id: false }],
            });
        }
        this.seated = cashier;
        this.lockReason = this.lockCode = "";
        this.hasLoggedIn = true;
        this.user._role = cashier.manager ? "manager" : "cashier";
        this.setCashier(this.user);
        this.idleLock.touch();
        const { page, params } = this.defaultPage;
        this.navigate(page, params);
    },

    /** Orders stay as they are; those that are paid are still sent. */
    async lock(reason = "", code = "") {
        if (!this.asksCard || this.isLocked) {
            return;
        }
        this.lockReason = reason;
        this.lockCode = code;
        askTill("logout", { session_id: this.session.id });
        await this.showLoginScreen();
    },
});
