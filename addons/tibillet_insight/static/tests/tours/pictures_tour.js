import { clickMenu } from "@tibillet_base/../tests/tours/utils/backend_utils";
import { registry } from "@web/core/registry";

function drawn(title) {
    return {
        content: `${title} is drawn`,
        trigger: `.o-dashboard-action:contains('${title}') .o_graph_canvas_container canvas`,
    };
}

registry.category("web_tour.tours").add("tibillet_insight.look", {
    steps: () => [
        ...clickMenu("Pictures", "All pictures"),
        drawn("Money in circulation"),
        drawn("Taken by venues"),
        drawn("Top-ups and spending by hour"),
        drawn("By age of the last movement"),
        {
            content: "no top-up is a day old: said so",
            trigger:
                ".o-dashboard-action:contains('How long money stays on cards') .o_view_nocontent",
        },
        ...clickMenu("Pictures", "Taken by venues"),
        { content: "one alone", trigger: ".o_graph_view .o_graph_canvas_container canvas" },
    ],
});
