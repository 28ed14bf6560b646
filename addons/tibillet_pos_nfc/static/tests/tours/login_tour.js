import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Login from "@tibillet_pos_nfc/../tests/tours/utils/login_utils";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

const add = (name, ...steps) =>
    registry.category("web_tour.tours").add(name, { steps: () => steps.flat(2) });

add(
    "tibillet_tap_in",
    Login.asksForTheCard(),
    Tap.tap("CUSTOMER"),
    Login.asksForTheCard("unknown"),
    Tap.tap("EXPIRED"),
    Login.asksForTheCard("expired"),
    Tap.tap("LOST"),
    Login.asksForTheCard("lost"),
    Tap.tap("ZOE"),
    Login.isOpen("Zoé"),
    ProductScreen.clickDisplayedProduct("Test beer"),
    Login.payInCash(),
    {
        content: "the receipt names the cashier",
        trigger: ".receipt-screen .pos-receipt:contains('Zoé')",
    },
    ReceiptScreen.clickNextOrder(),
    Login.lock(),
    Login.asksForTheCard()
);

add(
    "tibillet_idle_lock",
    Login.asksForTheCard(),
    Tap.tap("ZOE"),
    Login.isOpen("Zoé"),
    ProductScreen.clickDisplayedProduct("Test beer"),
    Login.leaveIdle(),
    Login.asksForTheCard(),
    Dialog.isNot(),
    Tap.tap("ZOE"),
    Login.isOpen("Zoé"),
    Login.orderStays()
);

add(
    "tibillet_lost_in_mid_sale",
    Login.asksForTheCard(),
    Tap.tap("ZOE"),
    Login.isOpen("Zoé"),
    ProductScreen.clickDisplayedProduct("Test beer"),
    Login.pay(),
    Login.loseCard("Zoé"),
    Login.asksForTheCard("ended"),
    Chrome.endTour()
);

// The manager withdraws the device while the card's window is open: its next act is refused, the order stays.
add(
    "tibillet_withdrawn_in_mid_sale",
    Chrome.startPoS(),
    ProductScreen.clickDisplayedProduct("Test beer"),
    Tap.tap("CUSTOMER"),
    Tap.cardWindowShows("CUST OMER"),
    Tap.tap("CUSTOMER"),
    Login.isWithdrawn(),
    Login.orderStays()
);
