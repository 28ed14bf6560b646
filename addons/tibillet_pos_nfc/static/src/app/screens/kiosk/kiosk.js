import { Reactive } from "@web/core/utils/reactive";
import { _t } from "@web/core/l10n/translation";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { playSound } from "@tibillet_pos_nfc/app/utils/sounds";

// A screen that nobody touches goes back to its first words: the next person sees no stranger's money.
const FORGET_MS = 20000;

/** What a person does at a kiosk: read their card, top it up by bank card. */
export class Kiosk extends Reactive {
    constructor(pos) {
        super();
        this.pos = pos;
        this.step = "idle";
        this.card = null;
        this.amount = 0;
        this.message = "";
    }

    get isPaying() {
        return this.step === "paying";
    }

    /** The bank card terminal of this till; without one a kiosk only reads cards. */
    get method() {
        return this.pos.config.payment_method_ids.find(
            (method) => method.payment_terminal && method.use_payment_terminal !== "tibillet_nfc"
        );
    }

    get products() {
        return this.method
            ? this.pos.models["product.template"].filter((product) => product.tibillet_is_top_up)
            : [];
    }

    go(step, message = "") {
        clearTimeout(this.forgetting);
        this.step = step;
        this.message = message;
        if (step !== "idle" && step !== "paying") {
            this.forgetting = setTimeout(() => this.leave(), FORGET_MS);
        }
    }

    show(card) {
        this.card = card;
        this.go("card");
    }

    leave() {
        this.card = null;
        this.go("idle");
    }

    async topUp(product, amount) {
        const order = await this.makeOrder(product, amount);
        const { data: line } = order.addPaymentline(this.method);
        this.amount = amount;
        this.line = line;
        this.go("paying");
        if (!(await line.pay())) {
            order.removePaymentline(line);
            await this.pos.deleteOrders([order]);
            playSound("refused");
            return this.go("refused", _t("Nothing was paid and nothing was added. Try again."));
        }
        await this.pay(order);
    }

    async makeOrder(product, amount) {
        const order = this.pos.addNewOrder();
        await this.pos.addLineToOrder(
            {
                product_tmpl_id: product,
                price_unit: amount,
                price_type: "automatic",
                tibillet_card: this.card.card.number,
            },
            order,
            {},
            false
        );
        return order;
    }

    async pay(order) {
        await new OrderPaymentValidation({
            pos: this.pos,
            orderUuid: order.uuid,
        }).finalizeValidation();
        if (order.isSynced && order.state === "paid") {
            playSound("paid");
            return this.go("done");
        }
        playSound("attention");
        this.go(
            "refused",
            order.state === "paid"
                ? _t("Paid. The network is away: your card is filled as soon as it is back.")
                : _t("Paid, but your card is not filled. Call the staff: they see this order.")
        );
    }

    async cancel() {
        const { method, line } = this;
        await method.payment_terminal.sendPaymentCancel?.(line.pos_order_id, line.uuid);
    }
}
