import {
    clickButton,
    clickMenu,
    fill,
    see,
} from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tibillet_dormant.pay_back", {
    steps: () => [
        ...clickMenu("Books", "Balances by age"),
        {
            content: "not the old ones alone: this one was used today",
            trigger: ".o_searchview_facet .o_facet_remove",
            run: "click",
        },
        {
            content: "tick Bob's balance",
            trigger: ".o_data_row:contains('Bob') .o_list_record_selector input",
            run: "click",
        },
        ...clickButton("Pay back"),
        ...see("12.50", ".o_field_widget[name='total_text']"),
        ...see("Bob", ".o_field_widget[name='line_ids']"),
        ...clickButton("Pay back now"),
        ...see("Done", ".o_statusbar_status .o_arrow_button_current"),
        ...clickButton("Entries", ".o-form-buttonbox, .o_control_panel"),
        ...see("WALL", ".o_list_table"),
    ],
});

tours.add("tibillet_dormant.choose", {
    steps: () => [
        ...clickMenu("Money", "Assets"),
        {
            content: "the bar's euro",
            trigger: ".o_kanban_record:contains('Bar euro')",
            run: "click",
        },
        {
            content: "its dormant balances",
            trigger: ".nav-link:contains('Dormant balances')",
            run: "click",
        },
        ...fill("dormant_after", "8"),
        { content: "save", trigger: ".o_form_button_save", run: "click" },
        { content: "it is saved", trigger: ".o_form_saved" },
        ...clickButton("Holders told"),
        ...see("Nobody was told yet", ".o_view_nocontent"),
    ],
});
