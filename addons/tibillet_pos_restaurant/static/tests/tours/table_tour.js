/* global posmodel */

import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreenPos from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import * as ProductScreenResto from "@pos_restaurant/../tests/tours/utils/product_screen_util";
import * as SplitBill from "@pos_restaurant/../tests/tours/utils/split_bill_screen_util";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { approveBy } from "@tibillet_pos_nfc/../tests/tours/utils/payment_rules_utils";
import { says } from "@tibillet_pos_nfc/../tests/tours/utils/words_utils";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const ProductScreen = { ...ProductScreenPos, ...ProductScreenResto };

function tour(name, ...steps) {
    registry
        .category("web_tour.tours")
        .add(name, { steps: () => [Chrome.startPoS(), Tap.keepResults(), ...steps].flat(2) });
}

function tableWith(number, ...products) {
    return [
        FloorScreen.clickFloor("Room"),
        FloorScreen.clickTable(number),
        products.map((product) => ProductScreen.clickDisplayedProduct(product)),
    ].flat(2);
}

tour(
    "tibillet_table_to_kitchen",
    tableWith("7", "Test dal", "Test dal"),
    ProductScreen.clickOrderButton(),
    FloorScreen.isShown()
);

function payPart(card) {
    return [
        { content: "pay this part", trigger: ".splitbill-screen .pay-split-order", run: "click" },
        PaymentScreen.clickPaymentMethod("NFC"),
        Tap.touchDemoCard(card),
        {
            content: "green: 9.60 paid, 40.40 left",
            trigger: `.tibillet-result-paid${says("9.60", "40.40")}:has(.fa-check)`,
        },
        Tap.resultIsOver(),
    ].flat();
}

/** @param {string} split what the button says in the cashier's language */
function partOfATableEach(name, split) {
    tour(
        name,
        tableWith("7", "Test dal", "Test dal"),
        ProductScreen.clickOrderButton(),
        tableWith("7"),
        ProductScreen.clickControlButton(split),
        SplitBill.clickOrderline("Test dal"),
        payPart("RICH0001"),
        FloorScreen.isShown(),
        // Odoo's till comes back to the split, for the next one who pays a part.
        tableWith("7"),
        payPart("RICH0002")
    );
}

partOfATableEach("tibillet_part_of_a_table_each", "Split");
partOfATableEach("tibillet_part_of_a_table_each_fr", "Fractionner");

tour(
    "tibillet_table_named_by_card",
    FloorScreen.clickNewOrder(),
    ProductScreen.clickDisplayedProduct("Test dal"),
    ProductScreen.clickControlButton("Edit Order Name"),
    { content: "the popup says that a card names it", trigger: ".tibillet-name-by-card" },
    Tap.tap("RICH0001"),
    {
        content: "the order has the holder's first name",
        trigger: "body:not(:has(.tibillet-name-by-card))",
        run: () => {
            const name = posmodel.getOrder().floating_order_name;
            if (name !== "Amina") {
                throw new Error(`The order is named ${name}`);
            }
        },
    },
    ProductScreen.clickOrderButton(),
    FloorScreen.isShown()
);

function tableSays(number, state, text) {
    return {
        content: `table ${number}: ${text}`,
        trigger: `.floor-table.tibillet-table-${state}:has(.label:contains("${number}")):has(.tibillet-table-state:contains("${text}"):has(.fa))`,
    };
}

function tableIsFree(number) {
    return {
        content: `table ${number} is free`,
        trigger: `.floor-table:not(:has(.tibillet-table-state)):has(.label:contains("${number}"))`,
    };
}

/** What a cook touches on the kitchen's own page, elsewhere; then what the bus tells this till. */
function kitchenMoves(known, to) {
    return {
        content: `the kitchen: ${to}`,
        trigger: "body",
        run: async () => {
            const [screen] = await posmodel.data.call("tibillet.prep.screen", "search_read", [
                [["name", "=", "Kitchen"]],
                ["id"],
            ]);
            const url = `/tibillet/prep/${screen.id}`;
            const { tickets } = await rpc(`${url}/state`);
            await rpc(`${url}/move`, { ticket_id: tickets[0].id, known, to });
            posmodel.tableStates.refresh();
        },
    };
}

tour(
    "tibillet_table_stands_out",
    tableWith("7", "Test dal"),
    Chrome.clickPlanButton(),
    tableSays("7", "to-send", "To send"),
    tableIsFree("9"),
    FloorScreen.clickTable("7"),
    ProductScreen.clickOrderButton(),
    tableSays("7", "kitchen", "Kitchen 0 min"),
    kitchenMoves("to_prepare", "ready"),
    tableSays("7", "ready", "Ready"),
    kitchenMoves("ready", "served"),
    tableSays("7", "to-pay", "To pay"),
    FloorScreen.clickTable("7"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.touchDemoCard("RICH0001"),
    Tap.isPaid("9.60", "40.40"),
    Tap.resultIsOver(),
    FloorScreen.isShown(),
    tableIsFree("7")
);

function why(reason) {
    return {
        content: `why: ${reason}`,
        trigger: `.modal .selection-item:contains("${reason}")`,
        run: "click",
    };
}

tour(
    "tibillet_the_other_line_is_deleted",
    tableWith("7", "Test dal", "Test beer"),
    ProductScreen.clickOrderButton(),
    tableWith("7"),
    ProductScreen.clickControlButton("Split"),
    SplitBill.clickOrderline("Test beer"),
    SplitBill.clickButton("Pay"),
    PaymentScreen.clickPaymentMethod("NFC card"),
    Tap.touchDemoCard("RICH0001"),
    Tap.isPaid("6.00", "44.00"),
    Tap.resultIsOver(),
    FloorScreen.isShown(),
    FloorScreen.clickTable("7"),
    SplitBill.clickBack(),
    ProductScreen.clickOrderline("Test dal"),
    // The first Backspace empties the quantity, the second removes the line.
    ProductScreen.clickNumpad("⌫", "⌫"),
    why("The customer changed their mind"),
    { content: "close without a manager", trigger: ".modal .btn-close", run: "click" },
    ProductScreen.clickNumpad("⌫", "⌫"),
    why("The customer changed their mind"),
    approveBy("4821"),
    FloorScreen.isShown(),
    tableIsFree("7")
);
