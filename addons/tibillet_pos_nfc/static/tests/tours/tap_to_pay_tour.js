import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

function tour(name, ...steps) {
    registry
        .category("web_tour.tours")
        .add(name, { steps: () => [Chrome.startPoS(), Tap.keepResults(), ...steps].flat(2) });
}

/** A beer of 6.00, to be paid by tapping a card. */
function beerByCard() {
    return [
        ProductScreen.clickDisplayedProduct("Test beer"),
        ProductScreen.clickPayButton(),
        PaymentScreen.clickPaymentMethod("NFC card"),
        Tap.isWaiting(),
    ].flat();
}

tour(
    "tibillet_pay_by_card",
    beerByCard(),
    Tap.noForceDone(),
    Tap.touchDemoCard("RICH0001"),
    Tap.isPaid("6.00", "44.00"),
    Tap.resultIsOver(),
    ProductScreen.isShown(),
    ProductScreen.orderIsEmpty()
);

tour(
    "tibillet_lifted_too_soon",
    beerByCard(),
    Tap.liftTooSoon("RICH0001"),
    Tap.asksToTapAgain(),
    Tap.isWaiting(),
    Tap.tap("RICH0001"),
    Tap.isPaid("6.00", "44.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty()
);

tour(
    "tibillet_complete_with_cash",
    beerByCard(),
    Tap.tap("POOR0001"),
    Tap.isShort("2.00", "4.00"),
    Tap.completeWith("cash", "2.00"),
    PaymentScreen.remainingIs("0.00"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown()
);

tour(
    "tibillet_complete_with_second_card",
    beerByCard(),
    Tap.tap("POOR0001"),
    Tap.isShort("2.00", "4.00"),
    Tap.tap("POOR0001"),
    Tap.isRefused("This is the same card. Tap another one."),
    Tap.tap("RICH0001"),
    Tap.isPaid("2.00", "48.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty()
);

tour(
    "tibillet_back_to_the_order",
    beerByCard(),
    Tap.tap("POOR0001"),
    Tap.isShort("2.00", "4.00"),
    Tap.backToTheOrder(),
    ProductScreen.isShown(),
    ProductScreen.totalAmountIs("6.00"),
    ProductScreen.clickPayButton(),
    PaymentScreen.emptyPaymentlines("6.00")
);

tour(
    "tibillet_give_back",
    beerByCard(),
    Tap.tap("POOR0001"),
    Tap.isShort("2.00", "4.00"),
    Tap.completeWith("cash", "2.00"),
    PaymentScreen.remainingIs("0.00"),
    PaymentScreen.clickPaymentline("NFC card", "4.00"),
    Tap.linePaidBy("POOR 0001"),
    Tap.giveBack(),
    PaymentScreen.remainingIs("4.00")
);

tour(
    "tibillet_cancel",
    beerByCard(),
    Tap.cancel(),
    Tap.tapAgain(),
    Tap.isWaiting(),
    PaymentScreen.clickBack(),
    ProductScreen.isShown(),
    Tap.tap("RICH0001"),
    Tap.cardWindowShows("RICH 0001", "50.00")
);

tour(
    "tibillet_second_tap",
    beerByCard(),
    Tap.tap("BLOCKED1"),
    Tap.isRefused("This card is blocked. Call a manager."),
    Tap.tap("RICH0001"),
    Tap.isPaid("6.00", "44.00"),
    Tap.tap("POOR0001"),
    Tap.cardWindowShows("POOR 0001", "4.00")
);

tour(
    "tibillet_refund",
    beerByCard(),
    Tap.tap("RICH0001"),
    Tap.isPaid("6.00", "44.00"),
    Tap.resultIsOver(),
    ProductScreen.clickRefund(),
    TicketScreen.selectOrderByPrice("6.00"),
    ProductScreen.clickNumpad("1"),
    TicketScreen.confirmRefund(),
    PaymentScreen.isShown(),
    PaymentScreen.clickPaymentMethod("NFC card"),
    PaymentScreen.clickRefundButton(),
    Tap.isGivenBack("6.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty(),
    Tap.tap("RICH0001"),
    Tap.cardWindowShows("RICH 0001", "50.00", "Refund")
);

tour(
    "tibillet_no_network",
    beerByCard(),
    Tap.network(false),
    Tap.tap("RICH0001"),
    Tap.isOffline("No network. Take cash or bank card, or try again."),
    Tap.resultIsOver(),
    Tap.network(true),
    Tap.tapAgain(),
    Tap.isWaiting(),
    Tap.tap("RICH0001"),
    Tap.isPaid("6.00", "44.00"),
    Tap.resultIsOver(),
    ProductScreen.orderIsEmpty()
);
