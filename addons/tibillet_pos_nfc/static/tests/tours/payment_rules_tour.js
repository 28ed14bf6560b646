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

tour(
    "tibillet_top_up_bonus",
    Tap.tap("RICH0001"),
    Tap.cardWindowShows("RICH 0001", "50.00"),
    Rules.bonusIsTold("50", "2.50"),
    Tap.topUp("50"),
    PaymentScreen.isShown(),
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
    Rules.receiptTells("2.50")
);

tour(
    "tibillet_cups_back",
    ProductScreen.clickDisplayedProduct("Cup"),
    ProductScreen.clickDisplayedProduct("Cup"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.clickNextOrder(),
    // Onto the card: three touches and a tap.
    Rules.cupsBack(),
    Rules.comeBack("2"),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.isWaiting(),
    Tap.tap("BLOCKED1"),
    Tap.isRefused("This card is blocked. Call a manager."),
    Tap.resultIsOver(),
    Tap.tap("RICH0001"),
    Tap.isGivenBack("2.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty(),
    // In cash, and nothing else in the order.
    Rules.cupsBack(),
    Rules.comeBack("1"),
    PaymentScreen.clickBack(),
    ProductScreen.clickDisplayedProduct("Test beer"),
    Rules.staysAlone(),
    ProductScreen.totalAmountIs("-1.00"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown()
);

tour(
    "tibillet_units",
    ProductScreen.clickDisplayedProduct("Workshop"),
    Rules.lineTells("1 h 30"),
    ProductScreen.clickPayButton(),
    // Free in euros, but not of hours.
    PaymentScreen.clickValidate(),
    Tap.isRefused("This costs time or points"),
    Tap.resultIsOver(),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.isWaiting(),
    Tap.tap("BLOCKED1"),
    Tap.isRefused("This card is blocked. Call a manager."),
    Tap.resultIsOver(),
    Tap.tap("RICH0001"),
    Tap.isPaid("1 h 30", "50.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty()
);

tour(
    "tibillet_voucher",
    ProductScreen.clickDisplayedProduct("Test meal"),
    ProductScreen.clickDisplayedProduct("Test beer"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.isWaiting(),
    Tap.tap("CANTEEN1"),
    Tap.isShort("17.00", "0.00"),
    Rules.vouchersPayApart("Test beer"),
    Tap.backToTheOrder(),
    ProductScreen.clickOrderline("Test beer", "1"),
    ProductScreen.clickNumpad("⌫", "⌫"),
    ProductScreen.totalAmountIs("11.00"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.isWaiting(),
    Tap.tap("CANTEEN1"),
    Tap.isPaid("11.00", "39.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty()
);

tour(
    "tibillet_offer",
    ProductScreen.clickDisplayedProduct("Test beer"),
    ProductScreen.clickControlButton("Offer"),
    Rules.approveBy("4821"),
    Rules.lineTells("Offered"),
    ProductScreen.totalAmountIs("0.00"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
    Rules.receiptTells("Offered")
);
