import * as Numpad from "@point_of_sale/../tests/generic_helpers/numpad_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Rules from "@tibillet_pos_nfc/../tests/tours/utils/payment_rules_utils";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

function tour(name, ...steps) {
    registry
        .category("web_tour.tours")
        .add(name, { steps: () => [Chrome.startPoS(), Tap.keepResults(), ...steps].flat(2) });
}

function order(...articles) {
    return [
        ...articles.map((article) => ProductScreen.clickDisplayedProduct(article)),
        ProductScreen.clickPayButton(),
        PaymentScreen.clickPaymentMethod("NFC card"),
        Tap.isWaiting(),
    ];
}

function refund(total, article) {
    return [
        ProductScreen.clickRefund(),
        Rules.chooseOrder(total),
        Rules.chooseLine(article),
        Numpad.click("1"),
        Rules.confirmRefund(),
        PaymentScreen.isShown(),
    ];
}

tour(
    "tibillet_gift_discount",
    order("Craft beer", "Warm meal"),
    Tap.tap("RICH0001"),
    Tap.isPaid("17.00", "38.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty(),
    refund("12.00", "Craft beer"),
    PaymentScreen.clickPaymentMethod("NFC card"),
    PaymentScreen.clickRefundButton(),
    Tap.isGivenBack("4.24"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty()
);

tour(
    "tibillet_gift_given_back",
    order("Craft beer", "Warm meal"),
    Tap.tap("POOR0001"),
    Tap.isShort("11.00", "6.00"),
    Tap.completeWith("cash", "11.00"),
    PaymentScreen.remainingIs("0.00"),
    PaymentScreen.clickPaymentline("NFC card", "4.00"),
    Tap.giveBack(),
    PaymentScreen.remainingIs("6.00"),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.tap("POOR0001"),
    Tap.isPaid("6.00", "0.00"),
    Tap.resultIsOver(),
    ReceiptScreen.isShown()
);

tour(
    "tibillet_gift_then_one_more",
    order("Craft beer", "Warm meal"),
    Tap.tap("POOR0001"),
    Tap.isShort("11.00", "6.00"),
    Tap.completeWith("cash", "11.00"),
    PaymentScreen.remainingIs("0.00"),
    PaymentScreen.clickBack(),
    Rules.articlesAgain("15.00"),
    ProductScreen.clickDisplayedProduct("Craft beer"),
    ProductScreen.totalAmountIs("21.00"),
    ProductScreen.clickPayButton(),
    PaymentScreen.remainingIs("6.00"),
    PaymentScreen.clickPaymentMethod("Bank card"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
    Rules.receiptHasLine("Gift credit")
);

tour(
    "tibillet_gift_whole",
    order("Craft beer"),
    Tap.tap("GIFT0001"),
    Tap.isPaid("6.00", "0.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty(),
    refund("0.00", "Craft beer"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown()
);
