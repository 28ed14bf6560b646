import { clickButton, clickMenu, see } from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_network_watch.watch", {
    steps: () => [
        ...clickMenu("Books", "Threshold"),
        ...see("Below", ".o_data_row"),
        {
            content: "the bar's network",
            trigger: ".o_data_row td[name='issuer_id']:contains('Test bar')",
            run: "click",
        },
        ...see("20.50", ".o_field_widget[name='volume']"),
        ...clickButton("Acceptors", ".o-form-buttonbox, .o_control_panel"),
        {
            content: "the hall signed",
            trigger: ".o_data_row:contains('Test hall') td[name='contract_on']",
            run: "click",
        },
        {
            content: "today",
            trigger:
                ".o_field_widget[name='contract_on'] button, .o_field_widget[name='contract_on'] input",
            run: "click",
        },
        {
            content: "choose today",
            trigger: ".o_date_picker .o_today",
            run: "click",
        },
        { content: "save", trigger: ".o_list_button_save:visible", run: "click" },
        { content: "it is saved", trigger: ".o_list_view:not(:has(.o_selected_row))" },
        ...clickMenu("Books", "Payments by month"),
        { content: "payments as a graph", trigger: ".o_graph_view canvas" },
    ],
});
