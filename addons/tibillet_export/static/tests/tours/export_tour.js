import { clickButton, clickMenu, see } from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_export.export", {
    steps: () => [
        ...clickMenu("Books", "Exports made"),
        ...see("Nothing was exported yet"),
        ...clickButton("Export", ".o_control_panel"),
        {
            content: "open the periods",
            trigger: ".modal .o_field_widget[name='period'] input",
            run: "click",
        },
        {
            content: "choose this month",
            trigger: ".o_select_menu_item:contains('This month')",
            run: "click",
        },
        { content: "as CSV", trigger: ".modal .o_radio_item:contains('CSV') input", run: "click" },
        ...clickButton("Export", ".modal-footer"),
        ...see("sales-v1_bar_", ".o_data_row"),
        ...clickMenu("Books", "Accounts in Paheko"),
        ...see("No account goes to Paheko yet"),
        ...clickButton("Propose", ".o_control_panel"),
        ...see("419101", ".o_data_row [name='code']"),
    ],
});
