import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_top_up", {
    steps: () =>
        [
            Chrome.startPoS(),
            Tap.keepResults(),
            Tap.tap("NEWCARD1"),
            Tap.cardWindowShows("NEWC ARD1", "New card", "0.00"),
            Tap.topUp("20"),
            PaymentScreen.isShown(),
            {
                content: "no sale, no invoice",
                trigger: ".js_invoice:disabled",
            },
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            {
                content: "the receipt names the card",
                trigger: ".receipt-screen:contains('NEWC ARD1'):not(:has(#posqrcode))",
            },
            {
                content: "the receipt says who sold",
                trigger:
                    ".pos-receipt:has(.tibillet-receipt-company:not(:empty)):contains('99000001000019'):contains('FR13990000010')",
            },
            ReceiptScreen.clickNextOrder(),
            // From the product's tile: the card is asked for first.
            ProductScreen.clickDisplayedProduct("Top-up Bar euro"),
            Tap.asksForTheCard(),
            Tap.tap("RICH0001"),
            Tap.cardWindowShows("RICH 0001", "50.00", "Top-up"),
            Tap.topUp("10"),
            PaymentScreen.isShown(),
            // Never with a card's balance.
            PaymentScreen.clickPaymentMethod("NFC card"),
            Tap.isRefused("A top-up is paid in cash or by bank card"),
            Tap.resultIsOver(),
            PaymentScreen.clickPaymentlineDelButton("NFC card", "10.00"),
            PaymentScreen.clickPaymentMethod("Bank card"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_card_window", {
    steps: () =>
        [
            Chrome.startPoS(),
            Tap.keepResults(),
            Tap.tap("RICH0001"),
            Tap.cardWindowShows("RICH 0001", "50.00"),
            Tap.tap("POOR0001"),
            Tap.cardWindowShows("POOR 0001", "4.00"),
            Tap.tap("BLOCKED1"),
            Tap.isRefused("This card is blocked. Call a manager."),
            Dialog.isNot(),
            Tap.resultIsOver(),
            // A reader that types, wherever the cursor is.
            { content: "search", trigger: ".pos-topheader input", run: "click" },
            Tap.typeAsReader("04AAAAAAAAAA01"),
            Tap.cardWindowShows("RICH 0001"),
            Dialog.cancel(),
            Tap.fieldIsEmpty(".pos-topheader input"),
        ].flat(),
});
