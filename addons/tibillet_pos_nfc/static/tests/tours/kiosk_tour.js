import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Kiosk from "@tibillet_pos_nfc/../tests/tours/utils/kiosk_utils";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_kiosk", {
    steps: () =>
        [
            Kiosk.step("idle", "Tap your card"),
            Kiosk.terminalAnswers(false),
            Tap.tap("CUSTOMER"),
            Kiosk.step("card", "50.00", "Top up by bank card"),
            Kiosk.touch("20"),
            Kiosk.step("refused", "Nothing was paid"),
            Kiosk.touch("I have finished"),
            Kiosk.step("idle", "top it up by bank card"),
            Kiosk.terminalAnswers(true),
            Tap.tap("CUSTOMER"),
            Kiosk.step("card", "50.00"),
            Kiosk.touch("20"),
            Kiosk.step("done", "It is on your card"),
            Tap.tap("CUSTOMER"),
            Kiosk.step("card", "70.00"),
            Kiosk.touch("I have finished"),
            Kiosk.step("idle"),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_kiosk_reads", {
    steps: () =>
        [
            Kiosk.step("idle", "See what it holds."),
            Tap.tap("CUSTOMER"),
            Kiosk.step("card", "50.00", "To top it up, go to the desk."),
            Kiosk.touch("I have finished"),
            Kiosk.step("idle"),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("tibillet_desk_first", {
    steps: () =>
        [
            Chrome.startPoS(),
            { content: "the card desk opens first", trigger: ".tibillet-desk" },
            Chrome.endTour(),
        ].flat(),
});
