import {
    clickButton,
    clickMenu,
    fill,
    see,
} from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function openAccount(name) {
    return [
        ...clickMenu("Books", "Accounts with other venues"),
        {
            content: `the account with ${name}`,
            trigger: `.o_data_row td[name="other_id"]:contains("${name}")`,
            run: "click",
        },
    ];
}

tours.add("tibillet_settlement.pay", {
    steps: () => [
        ...openAccount("Hall"),
        ...see("-12.00", ".o_field_widget[name='balance']"),
        ...clickButton("Record a transfer"),
        ...fill("reference", "Settled in November"),
        ...clickButton("Record the transfer", ".modal"),
        ...see("Settled in November", ".o_list_table"),
        ...clickMenu("Books", "Transfers"),
        ...see("Recorded", ".o_data_row"),
        ...openAccount("Hall"),
        ...see("0.00", ".o_field_widget[name='balance']"),
    ],
});

tours.add("tibillet_settlement.cap", {
    steps: () => [
        ...openAccount("Bar"),
        ...fill("cap", "10"),
        {
            content: "and on to the next field",
            trigger: ".o_field_widget[name='cap'] input",
            run: "press Tab",
        },
        {
            content: "their money is taken no more above it",
            trigger: ".o_field_widget[name='at_cap'] label:contains('no more')",
            run: "click",
        },
        { content: "save", trigger: ".o_form_button_save", run: "click" },
        ...see("our tills refuse their money", ".alert-danger:visible"),
    ],
});

tours.add("tibillet_settlement.network", {
    steps: () => [
        ...clickMenu("Books", "Netting proposal"),
        ...see("12.00", ".o_field_widget[name='line_ids']"),
        ...fill("reference", "All even"),
        ...clickButton("Settle the network"),
        ...clickButton("Ok", ".modal"),
        ...see("Recorded", ".o_statusbar_status .o_arrow_button_current"),
        ...see("12.00", ".o_field_widget[name='transfer_ids']"),
        ...clickButton("Entries", ".o-form-buttonbox, .o_control_panel"),
        ...see("All even", ".o_list_table"),
    ],
});
