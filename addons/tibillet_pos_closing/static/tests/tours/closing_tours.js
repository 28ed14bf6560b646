import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

function sellInCash() {
    return [
        ProductScreen.clickDisplayedProduct("Test beer"),
        ProductScreen.clickPayButton(),
        PaymentScreen.clickPaymentMethod("Cash"),
        PaymentScreen.clickValidate(),
        ReceiptScreen.isShown(),
    ].flat();
}

function reportShows(...texts) {
    return {
        content: "the closing report",
        trigger: `.tibillet-closing-report${texts.map((text) => `:contains("${text}")`).join("")}`,
    };
}

function touch(selector) {
    return { content: `touch ${selector}`, trigger: selector, run: "click" };
}

registry.category("web_tour.tours").add("tibillet_closing_report", {
    steps: () =>
        [
            Chrome.startPoS(),
            sellInCash(),
            ReceiptScreen.clickNextOrder(),
            Chrome.clickMenuOption("Close Register"),
            touch(".tibillet-closing-button"),
            reportShows("So far", "Total taken", "6.00", "Should be there", "Test beer"),
            touch(".tibillet-closing-report .btn-secondary"),
            {
                content: "count the drawer",
                trigger: ".close-pos-popup .fa-clone",
                run: "click",
            },
            {
                content: "close",
                trigger: ".close-pos-popup button:contains('Close Register')",
                run: "click",
                expectUnloadPage: true,
            },
            { content: "ready for tomorrow", trigger: ".screen-login .open-register-btn" },
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_duplicate", {
    steps: () =>
        [
            Chrome.startPoS(),
            sellInCash(),
            touch(".receipt-options .print"),
            { content: "the original", trigger: ".pos-receipt:not(:has(.tibillet-copy))" },
            touch(".receipt-options .print:has(.fa-print)"),
            { content: "the duplicate", trigger: ".tibillet-copy:contains('1')" },
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_correction", {
    steps: () =>
        [
            Chrome.startPoS(),
            sellInCash(),
            ReceiptScreen.clickNextOrder(),
            Chrome.clickOrders(),
            TicketScreen.selectFilter("Paid"),
            TicketScreen.selectOrder("001"),
            touch(".tibillet-correct-payment"),
            {
                content: "what was paid",
                trigger: ".tibillet-correction:contains('Cash'):contains('6.00')",
            },
            touch(".tibillet-correction-targets button:contains('Bank card')"),
            touch(".tibillet-correct"),
            {
                content: "done",
                trigger: ".o_notification:contains('moved from Cash to Bank card')",
            },
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_cash_to_the_bank", {
    steps: () =>
        [
            Chrome.startPoS(),
            sellInCash(),
            ReceiptScreen.clickNextOrder(),
            Chrome.clickMenuOption("Cash In/Out"),
            touch(".tibillet-deposit"),
            {
                content: "how much",
                trigger: ".modal .input-amount input",
                run: "edit 5",
            },
            touch(".modal .confirm"),
            { content: "booked", trigger: ".o_notification:contains('5.00')" },
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_training", {
    steps: () =>
        [
            Chrome.startPoS(),
            Tap.keepResults(),
            { content: "the banner", trigger: ".tibillet-training:contains('SIMULATION')" },
            sellInCash(),
            { content: "on the receipt", trigger: ".pos-receipt .tibillet-simulation" },
            ReceiptScreen.clickNextOrder(),
            ProductScreen.clickDisplayedProduct("Test beer"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("NFC card"),
            Tap.isWaiting(),
            Tap.tap("RICH0001"),
            {
                content: "paid, in play",
                trigger: ".tibillet-result-paid:contains('6.00')",
            },
            Tap.resultIsOver(),
            { content: "still said", trigger: ".tibillet-training:contains('SIMULATION')" },
        ].flat(),
});
