import { clickMenu, see } from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_cashless.controls", {
    steps: () => [
        ...clickMenu("Books", "Controls"),
        ...see(
            "7.50",
            ".o_data_row:first .o_field_widget[name='shown'], .o_data_row:first [name='shown']"
        ),
        ...see("To fix", ".o_data_row:first"),
        ...see("Zero", ".o_data_row:last"),
        {
            content: "what is behind it",
            trigger: ".o_data_row:first button[name='action_open']",
            run: "click",
        },
        ...see("Entries made by hand", ".o_list_table"),
        { content: "back", trigger: ".o_breadcrumb a:contains('Controls')", run: "click" },
        ...see("Clearing accounts", ".o_list_table"),
    ],
});
