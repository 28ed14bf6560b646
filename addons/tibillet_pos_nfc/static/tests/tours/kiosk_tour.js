import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Kiosk from "@tibillet_pos_nfc/../tests/tours/utils/kiosk_utils";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

const add = (name, ...steps) =>
    registry.category("web_tour.tours").add(name, { steps: () => steps.flat(2) });

add(
    "tibillet_kiosk",
    Kiosk.isIdle(),
    Kiosk.terminalAnswers(false),
    Tap.tap("CUSTOMER"),
    Kiosk.step("card", "50.00"),
    Kiosk.amount("20"),
    Kiosk.step("refused"),
    Kiosk.leave(),
    Kiosk.isIdle(),
    Kiosk.terminalAnswers(true),
    Tap.tap("CUSTOMER"),
    Kiosk.step("card", "50.00"),
    Kiosk.amount("20"),
    Kiosk.step("done", "20"),
    Tap.tap("CUSTOMER"),
    Kiosk.step("card", "70.00"),
    Kiosk.leave(),
    Kiosk.isIdle(),
    Chrome.endTour()
);

add(
    "tibillet_kiosk_reads",
    Kiosk.isIdle(),
    Tap.tap("CUSTOMER"),
    Kiosk.step("card", "50.00"),
    Kiosk.sellsNothing(),
    Kiosk.leave(),
    Kiosk.isIdle(),
    Chrome.endTour()
);

add(
    "tibillet_desk_first",
    Chrome.startPoS(),
    { content: "the card desk opens first", trigger: ".tibillet-desk" },
    Chrome.endTour()
);
