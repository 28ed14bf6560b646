import { choose, see } from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("tibillet_cashless.voucher", {
    steps: () => [
        ...see("Kind of voucher", ".o_form_sheet"),
        {
            content: "VAT at the top-up",
            trigger: ".o_field_widget[name='voucher_kind'] label:contains('Single-purpose')",
            run: "click",
        },
        ...choose("voucher_tax_id", "10% G"),
        { content: "save", trigger: ".o_form_button_save", run: "click" },
        { content: "saved", trigger: ".o_form_saved" },
    ],
});

registry.category("web_tour.tours").add("tibillet_cashless.voucher_stays", {
    steps: () => [
        {
            content: "once topped up, it is read and not changed",
            trigger:
                ".o_readonly_modifier[name='voucher_tax_id']:contains('10% G'), .o_readonly_modifier [name='voucher_tax_id']:contains('10% G')",
        },
        {
            content: "nor its kind",
            trigger: ".o_field_widget[name='voucher_kind'] input[disabled]:checked",
        },
    ],
});
