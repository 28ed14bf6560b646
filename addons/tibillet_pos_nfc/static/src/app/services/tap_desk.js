import { _t } from "@web/core/l10n/translation";
import { CardWindow } from "@tibillet_pos_nfc/app/components/popups/card_window/card_window";
import { ShortBalance } from "@tibillet_pos_nfc/app/components/popups/short_balance/short_balance";
import { askTill, printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";
import { articlesOf } from "@tibillet_pos_nfc/app/utils/articles";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";
import { unitsDue } from "@tibillet_pos_nfc/app/utils/units";
import { HeldTaps } from "./held_taps";
import { TapResults } from "./tap_results";

/**
 * Where taps go: to the payment line that waits for one, to the short balance that asks for a second card, else to
 * the card desk when it is open, or to the card window. One at a time; a tap that comes meanwhile is answered next.
 */
export class TapDesk extends TapResults {
    constructor({ env, pos, dialog, notification, confirm }) {
        super({ env, notification });
        Object.assign(this, { pos, dialog, confirm });
        this.card = null;
        this.isCardOpen = false;
        this.waiting = null;
        this.busy = null;
        this.next = null;
        this.complement = null;
        this.cardDesk = null;
        this.lastTap = null;
        this.held = new HeldTaps(pos);
    }

    /** A customer's card is awaited, not a manager's. */
    get isWaiting() {
        return Boolean(this.waiting) && !this.waiting.isManager;
    }

    // --- taps ---------------------------------------------------------------------------------------------------

    onTap({ uid, source, id }) {
        if (!this.pos.cashier) {
            return;
        }
        // The card may be lifted while the till works: it is read again at once.
        const tap = { uid, source, confirmed: this.confirm({ uid, source, id }) };
        this.dismiss();
        if (this.waiting) {
            const { resolve } = this.waiting;
            this.waiting = null;
            return resolve(tap);
        }
        if (!this.busy) {
            return this.readCard(tap);
        }
        if (this.busy.uid !== uid) {
            this.next = tap;
        }
    }

    /** A result is over: the tap that came meanwhile has its turn. */
    onResultOver() {
        if (this.next && !this.busy && !this.waiting) {
            const tap = this.next;
            this.next = null;
            this.onTap(tap);
        }
    }

    onUnreadable() {
        this.show({
            kind: "attention",
            title: _t("Tap again"),
            message: _t("The reader could not read this card. Tap it again."),
        });
    }

    nextTap() {
        const tap = this.next;
        this.next = null;
        return tap ? Promise.resolve(tap) : new Promise((resolve) => (this.waiting = { resolve }));
    }

    /** Nobody will tap for what was waiting. */
    stopWaiting() {
        this.waiting?.resolve(null);
        this.waiting = null;
    }

    async ask(act, tap, params) {
        this.busy = tap;
        const { uid, source } = tap;
        const answer = await askTill(act, {
            session_id: this.pos.session.id,
            tap: { uid, source },
            ...params,
        });
        this.busy = null;
        if (answer.status === "offline") {
            this.pos.data.checkConnectivity();
        }
        return answer;
    }

    // --- a payment line -----------------------------------------------------------------------------------------

    /**
     * Wait for taps until one pays the line, or the cashier gives up.
     * @returns {Promise<boolean>} false: the line may be tried again
     */
    async pay(line) {
        const reason = this.refusalOfLine(line);
        if (reason) {
            this.show({ kind: "refused", title: _t("Refused"), message: reason });
            return false;
        }
        let tap = this.complement?.tap;
        this.complement = null;
        for (;;) {
            line.setPaymentStatus("waitingCard");
            tap ??= await this.nextTap();
            if (!tap) {
                return false;
            }
            const answer = await this.authorise(line, tap);
            if (answer.status === "held") {
                return this.accept(line, answer);
            }
            if (answer.status === "short") {
                return this.complete(line, tap, answer);
            }
            this.refuse(answer);
            if (answer.status === "offline") {
                return false;
            }
            tap = null;
        }
    }

    refusalOfLine(line) {
        const order = line.pos_order_id;
        const topUps = order.lines
            .filter((l) => l.isTopUp && l.qty > 0)
            .reduce((sum, l) => sum + l.priceIncl, 0);
        const byCard = order.payment_ids
            .filter((p) => p.isTapPayment)
            .reduce((sum, p) => sum + p.amount, 0);
        return topUps && order.currency.isPositive(byCard - (order.priceIncl - topUps))
            ? _t("A top-up is paid in cash or by bank card, not with a card's balance.")
            : "";
    }

    async authorise(line, tap) {
        line.setPaymentStatus("waiting");
        if (!(await tap.confirmed)) {
            return { status: "attention", message: _t("The card left too soon. Tap it again.") };
        }
        const order = line.pos_order_id;
        const others = order.payment_ids.filter(
            (other) => other.uuid !== line.uuid && other.tibillet_hold
        );
        const answer = await this.ask("authorise", tap, {
            payment_uuid: line.uuid,
            order_uuid: order.uuid,
            amount: line.minorAmount,
            other_holds: others.map((other) => other.tibillet_hold),
            units: unitsDue(order, line),
            articles: articlesOf(order),
            gift_room: order.giftRoom,
        });
        if (answer.status === "held" && line.payment_status === "waitingCancel") {
            this.held.release(answer.hold);
            return { status: "attention", message: _t("Cancelled: nothing was debited.") };
        }
        return answer;
    }

    accept(line, answer, isSilent = false) {
        const amount = this.paidText(line, answer);
        line.setTap(answer, this.formatMinor(answer.left));
        if (!isSilent) {
            const [first, ...rest] = answer.lines;
            this.show({
                kind: "paid",
                title: _t("Paid"),
                amount,
                left: this.leftText(answer),
                detail:
                    rest.length || answer.gift
                        ? [first, ...rest]
                              .map((part) => `${this.formatMinor(part.amount)} ${part.asset}`)
                              .join(" + ")
                        : "",
                card: printedNumber(answer.card),
                holder: answer.holder,
            });
        }
        return true;
    }

    paidText(line, { units }) {
        const euros = line.amount ? [this.env.utils.formatCurrency(line.amount)] : [];
        return [...euros, ...(units ?? []).map((part) => part.text)].join(" + ");
    }

    leftText({ left }) {
        return _t("Left on the card: %s", this.formatMinor(left));
    }

    async cancel(line) {
        if (line.payment_status !== "waiting" && !this.busy) {
            this.stopWaiting();
        }
        return true;
    }

    /** The payment screen closes: what was not tapped is not awaited any more. */
    leave(order) {
        this.stopWaiting();
        this.complement = null;
        for (const line of order?.finalized
            ? []
            : (order?.payment_ids.filter((l) => l.isTapPayment && !l.isDone()) ?? [])) {
            order.removePaymentline(line);
        }
    }

    // --- short balance ------------------------------------------------------------------------------------------

    /** Nothing is debited until the cashier has said how the rest is paid. */
    async complete(line, tap, short) {
        playSound("attention");
        const choice = await this.chooseComplement(line, tap, short);
        this.complement = { orderUuid: line.pos_order_id.uuid, ...(choice ?? { back: true }) };
        if (!choice || !short.available) {
            return false;
        }
        const asked = line.amount;
        line.setAmount(short.available / line.minorFactor);
        const answer = await this.authorise(line, tap);
        if (answer.status === "held") {
            return this.accept(line, answer, true);
        }
        line.setAmount(asked);
        this.complement = null;
        this.refuse(answer.status === "short" ? { ...answer, status: "refused" } : answer);
        return false;
    }

    /** @returns {Promise<{method, tap?}|undefined>} nothing when the cashier goes back to the order */
    chooseComplement(line, firstTap, short) {
        return new Promise((resolve) => {
            const close = this.dialog.add(
                ShortBalance,
                { line, short, choose: (method) => resolve({ method }) },
                { onClose: () => resolve() }
            );
            const awaitSecond = () => {
                this.waiting = {
                    resolve: (tap) => {
                        if (tap?.uid === firstTap.uid) {
                            this.refuse({
                                status: "refused",
                                message: _t("This is the same card. Tap another one."),
                            });
                            return awaitSecond();
                        }
                        resolve(tap && { method: line.payment_method_id, tap });
                        close();
                    },
                };
            };
            awaitSecond();
        }).finally(() => (this.waiting = null));
    }

    takeComplement(order) {
        const complement = this.complement;
        return complement?.orderUuid === order.uuid ? complement : null;
    }

    // --- the card window ----------------------------------------------------------------------------------------

    async readCard(tap) {
        if (this.cardDesk) {
            await this.cardDesk.read(tap);
        } else {
            await this.readForWindow(tap);
        }
        if (this.next) {
            this.onTap(await this.nextTap());
        }
    }

    async readForWindow(tap) {
        const answer = await this.ask("card", tap, {});
        if (answer.status === "ok") {
            this.lastTap = tap;
            this.openCard(answer);
        } else {
            this.closeCard?.();
            this.refuse(answer);
        }
    }

    /** @param {object|null} card what the server said, null to wait for the card to fill */
    openCard(card) {
        this.card = card;
        if (!this.isCardOpen) {
            this.isCardOpen = true;
            this.closeCard = this.dialog.add(
                CardWindow,
                { desk: this },
                { onClose: () => (this.isCardOpen = false) }
            );
        }
    }

    formatMinor(minor) {
        return this.env.utils.formatCurrency(minor / 10 ** this.pos.currency.decimal_places);
    }
}
