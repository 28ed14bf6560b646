import { Reactive } from "@web/core/utils/reactive";
import { uuidv4 } from "@point_of_sale/utils";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";

/** The card on the desk and the act under way: one key an act, kept until the server has answered for sure. */
export class CardDeskState extends Reactive {
    constructor({ pos, taps }) {
        super();
        Object.assign(this, { pos, taps });
        this.tap = null;
        this.shown = null;
        this.panel = null;
        this.refusal = null;
        this.receipt = null;
        this.isBusy = false;
        this.key = uuidv4();
    }

    /** A card was tapped: it takes the place of the one before. */
    async read(tap) {
        const answer = await this.taps.ask("desk/card", tap, {});
        if (answer.status !== "ok") {
            this.clear();
            return this.taps.refuse(answer);
        }
        const isSame = this.shown?.card.number === answer.card.number;
        this.tap = tap;
        this.show(answer);
        this.open(null);
        this.key = isSame ? this.key : uuidv4();
    }

    show({ card, balances, pay_back, top_ups, grants, moves }) {
        this.shown = { card, balances, pay_back, top_ups, grants, moves };
    }

    clear() {
        this.tap = this.shown = null;
        this.open(null);
    }

    open(panel) {
        this.panel = panel;
        this.refusal = this.receipt = null;
    }

    /**
     * Do one act on the card. Never throws.
     *
     * @param {string} act as /tibillet_nfc/desk/act names it
     * @param {object} values
     * @param {string} [approval] what a manager is asked to approve
     * @returns {Promise<object|null>} the server's answer, null when it was not asked
     */
    async act(act, values, approval) {
        if (this.isBusy) {
            return null;
        }
        this.isBusy = true;
        this.refusal = null;
        try {
            const approved = approval ? await this.pos.tibilletApproval.ask(approval) : undefined;
            if (approved === null) {
                return null;
            }
            return this.take(
                await this.taps.ask("desk/act", this.tap, {
                    act,
                    key: this.key,
                    values: approval ? { ...values, approval: approved } : values,
                })
            );
        } finally {
            this.isBusy = false;
        }
    }

    take(answer) {
        if (answer.status === "ok") {
            this.show(answer);
            this.panel = "done";
            this.receipt = answer.receipt;
            playSound("paid");
        } else {
            this.refusal = answer;
            playSound("refused");
        }
        // Without an answer nobody knows whether it was done: asked again under the same key, it is done once.
        if (answer.status !== "offline") {
            this.key = uuidv4();
        }
        return answer;
    }

    /** A bank terminal asks for its own screen: the top-up goes there as an order. */
    async payByTerminal(productId, amount) {
        const order = this.pos.addNewOrder();
        await this.pos.addLineToOrder(
            {
                product_tmpl_id: this.pos.models["product.product"].get(productId).product_tmpl_id,
                price_unit: amount,
                price_type: "automatic",
                tibillet_card: this.shown.card.number,
            },
            order,
            {},
            false
        );
        this.pos.navigate("PaymentScreen", { orderUuid: order.uuid });
    }

    /** People, lost cards or movements; a refusal is shown and gives nothing. */
    async look(what, params) {
        const answer = await this.taps.ask(`desk/${what}`, this.tap, params);
        this.refusal = answer.status === "ok" ? null : answer;
        return answer.status === "ok" ? answer : null;
    }
}
