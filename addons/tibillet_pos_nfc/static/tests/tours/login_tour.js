import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Login from "@tibillet_pos_nfc/../tests/tours/utils/login_utils";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_tap_in", {
    steps: () =>
        [
            Login.asksForTheCard("Bar till"),
            Tap.tap("CUSTOMER"),
            Login.asksForTheCard("This is not a cashier card"),
            Tap.tap("ZOE"),
            Login.isOpen("Zoé"),
            ProductScreen.clickDisplayedProduct("Test beer"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            {
                content: "the receipt names the cashier",
                trigger: ".receipt-screen:contains('Served by'):contains('Zoé')",
            },
            ReceiptScreen.clickNextOrder(),
            Login.lock(),
            Login.asksForTheCard(),
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_idle_lock", {
    steps: () =>
        [
            Login.asksForTheCard(),
            Tap.tap("ZOE"),
            Login.isOpen("Zoé"),
            ProductScreen.clickDisplayedProduct("Test beer"),
            Login.leaveIdle(),
            Login.asksForTheCard(),
            Dialog.isNot(),
            Tap.tap("ZOE"),
            Login.isOpen("Zoé"),
            // The order is as it was left.
            { content: "a beer", trigger: ".order-container .orderline:contains('Test beer')" },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_lost_in_mid_sale", {
    steps: () =>
        [
            Login.asksForTheCard(),
            Tap.tap("ZOE"),
            Login.isOpen("Zoé"),
            ProductScreen.clickDisplayedProduct("Test beer"),
            ProductScreen.clickPayButton(),
            Login.loseCard("Zoé"),
            Login.asksForTheCard("opens this till no more"),
            Chrome.endTour(),
        ].flat(),
});
