import { _t } from "@web/core/l10n/translation";

const ACTS = {
    top_up: { label: _t("Top up"), icon: "fa-plus", isMain: true },
    pay_back: { label: _t("Pay back"), icon: "fa-reply" },
    link: { label: _t("Link to a person"), icon: "fa-user" },
    history: { label: _t("History"), icon: "fa-history" },
    gift: { label: _t("Give gift…"), icon: "fa-gift" },
    time: { label: _t("Give time…"), icon: "fa-clock-o" },
    cash_back: { label: _t("Cash-back"), icon: "fa-money" },
    replace: { label: _t("Replace a lost card"), icon: "fa-exchange", isGrave: true },
    block: { label: _t("Block the card"), icon: "fa-lock", isGrave: true },
    unblock: { label: _t("Unblock the card"), icon: "fa-unlock", isGrave: true },
    void: { label: _t("Void the card"), icon: "fa-trash-o", isGrave: true },
};
// What a card out of use still allows.
const ACTS_OF_STATE = {
    blocked: ["unblock", "void", "history"],
    lost: ["void", "history"],
    void: ["history"],
};
// What a cashier may do to their own card.
const OWN = ["top_up", "history", "block"];

/**
 * The acts that a card allows, in the order of how often they are asked.
 *
 * @param {object} shown what /tibillet_nfc/desk/card answered
 * @returns {{name, label, icon, isMain?, isGrave?, detail?}[]}
 */
export function actsOf({ card, pay_back, grants, top_ups }) {
    const kinds = new Set(grants.map((grant) => grant.kind));
    const isPossible = {
        top_up: top_ups.length > 0,
        pay_back: pay_back.amount > 0,
        cash_back: pay_back.amount > 0,
        link: !card.holder,
        history: card.state !== "blank",
        gift: kinds.has("gift"),
        time: kinds.has("time"),
        replace: card.is_local && !card.holder,
        block: card.is_local && card.state !== "blocked",
        unblock: card.is_local,
        void: card.is_local,
    };
    const allowed =
        ACTS_OF_STATE[card.state] ?? Object.keys(ACTS).filter((act) => act !== "unblock");
    return Object.entries(ACTS)
        .filter(([name]) => allowed.includes(name) && isPossible[name])
        .filter(([name]) => !card.refusal || OWN.includes(name))
        .map(([name, act]) => ({
            ...act,
            name,
            detail: name === "pay_back" ? pay_back.text : undefined,
        }));
}
