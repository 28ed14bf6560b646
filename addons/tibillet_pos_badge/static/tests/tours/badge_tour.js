import * as Badge from "@tibillet_pos_badge/../tests/tours/utils/badge_utils";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Order from "@point_of_sale/../tests/generic_helpers/order_widget_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_badge_reader", {
    steps: () =>
        [
            Badge.isAtTheDoor(),
            Badge.shows("idle", "Tap your card"),
            Tap.tap("ZOE"),
            Badge.shows("in", "Hello Zoé", "Entry"),
            Tap.tap("BLOCKED"),
            Badge.shows("refused", "This card is blocked"),
            Tap.tap("ZOE"),
            Badge.shows("out", "Goodbye Zoé", "Exit", "0 h 00"),
            Badge.shows("idle", "On your way in"),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_badge_article", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Volunteers"),
            Badge.shows("idle", "Tap your card"),
            Tap.tap("ZOE"),
            Badge.shows("in", "Hello Zoé"),
            Tap.tap("NOBODY"),
            Badge.shows("in", "Hello"),
            { content: "close", trigger: ".modal-footer button:contains('Close')", run: "click" },
            Dialog.isNot(),
            ...Order.doesNotHaveLine({}),
            Tap.tap("ZOE"),
            {
                content: "a tap opens the card window again",
                trigger: ".modal:has(.tibillet-card-face):contains('Zoé')",
            },
            Dialog.cancel(),
            Chrome.endTour(),
        ].flat(),
});
