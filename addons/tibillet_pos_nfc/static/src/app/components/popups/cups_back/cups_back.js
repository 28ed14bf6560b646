import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Cups that come back: one touch says how many, then they are paid in cash or onto the tapped card. */
export class CupsBack extends Component {
    static template = "tibillet_pos_nfc.CupsBack";
    static components = { Dialog };
    static props = { close: Function };

    setup() {
        this.pos = usePos();
        this.numbers = NUMBERS;
    }

    get deposits() {
        return this.pos.models["product.template"].filter((product) => product.tibillet_deposit);
    }

    price(product, number) {
        return this.env.utils.formatCurrency(product.list_price * number);
    }

    async take(product, number) {
        this.props.close();
        const current = this.pos.getOrder();
        const isFree = current && !current.finalized && !current.isRefund && !current.lines.length;
        const order = isFree ? current : this.pos.addNewOrder();
        await this.pos.addLineToOrder({ product_tmpl_id: product, qty: -number }, order, {}, false);
        this.pos.navigate("PaymentScreen", { orderUuid: order.uuid });
    }
}
