import { clickButton, clickMenu, see } from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_cashless.sweep", {
    steps: () => [
        ...clickMenu("Money", "Assets"),
        {
            content: "the bar's euro",
            trigger: ".o_kanban_record:contains('Bar euro')",
            run: "click",
        },
        { content: "its sweep", trigger: ".nav-link:contains('Sweep')", run: "click" },
        ...clickButton("See what would be taken"),
        ...see("2", ".o_field_widget[name='planned_count']"),
        ...see("7.50", ".o_field_widget[name='planned_text']"),
        ...clickButton("Sweep now"),
        ...see("Is this what your terms announced?", ".modal"),
        { content: "yes", trigger: ".modal-footer .btn-primary", run: "click" },
        ...see("7.50", ".o_field_widget[name='swept_text']"),
        ...see("Done", ".o_statusbar_status .o_arrow_button_current"),
        ...clickButton("Movements", ".o-form-buttonbox, .o_control_panel"),
        ...see("Void", ".o_list_table"),
    ],
});
