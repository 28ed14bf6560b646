import { registry } from "@web/core/registry";
import { choose, clickButton, clickMenu, fill, see, tapChip, upload } from "./utils/backend_utils";

const tours = registry.category("web_tour.tours");

tours.add("tibillet_base.dashboard_to_federation", {
    steps: () => [
        ...see("Test Bar", ".o_tibillet_dashboard h2"),
        ...see("20.00", ".o_tibillet_tile"),
        ...see("Test euro", ".o_tibillet_asset"),
        ...clickButton("Verify now", ".o_tibillet_dashboard"),
        ...see("Sound", ".o_tibillet_ledger .text-success"),
        { content: "the invitation", trigger: "[data-need='invited']", run: "click" },
        ...see("Your place is invited"),
        ...clickButton("Join"),
        ...see("Member", ".o_field_widget[name='own_state']"),
    ],
});

tours.add("tibillet_base.invite_a_place", {
    steps: () => [
        ...clickMenu("Network", "Federations"),
        ...clickButton("New"),
        ...fill("name", "Tour federation"),
        { content: "save", trigger: ".o_form_button_save:enabled", run: "click" },
        ...clickButton("Invite places"),
        ...choose("place_ids", "Test Barn"),
        ...clickButton("Invite", ".modal-footer"),
        ...see("Test Barn", ".o_field_widget[name='member_ids'] tr:contains(Invited)"),
        ...clickButton("Share an asset"),
        ...choose("asset_id", "Test euro"),
        ...clickButton("Share", ".modal-footer"),
        { content: "what is shared", trigger: ".nav-link:contains('Shared assets')", run: "click" },
        ...see("Test euro", ".o_field_widget[name='share_ids']"),
    ],
});

tours.add("tibillet_base.open_a_venue", {
    steps: () => [
        ...clickMenu("Network", "Open a venue"),
        ...fill("name", "Tour Cellar"),
        ...fill("email", "hello@cellar.example"),
        ...choose("country_id", "France"),
        ...fill("card_count", "3"),
        {
            content: "someone to invite",
            trigger: ".o_field_x2many_list_row_add button, .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...fill("name", "Tour Maud").map((step) => ({
            ...step,
            trigger: ".o_selected_row [name='name'] input",
        })),
        ...fill("email", "maud@cellar.example").map((step) => ({
            ...step,
            trigger: ".o_selected_row [name='email'] input",
        })),
        ...clickButton("Open the venue", ".modal-footer").map((step) => ({
            ...step,
            expectUnloadPage: true,
        })),
        ...see("Tour Cellar", ".o_breadcrumb"),
        ...see("tour-cellar", ".o_field_widget[name='slug']").map((step) => ({
            ...step,
            trigger: ".o_field_widget[name='slug'] input:value(tour-cellar)",
        })),
    ],
});

const QR = "https://cards.example/qr/0b5ac1de-7c3f-4d0e-9f53-0d9a4f1c2a3";

tours.add("tibillet_base.import_cards", {
    steps: () => [
        ...clickMenu("Cards", "Import cards"),
        ...upload("file", "cards.csv", [
            `${QR}1,TOUR0001,04A0A0A1`,
            `${QR}2,TOUR0002,04A0A0A2`,
            "not a card",
        ]),
        ...see("Three columns are expected", ".modal"),
        ...see("2", ".modal .text-bg-success"),
        {
            content: "no import while a line is bad",
            trigger: ".modal-footer:not(:has(button:contains('Import the cards')))",
        },
        {
            content: "leave it out",
            trigger: ".modal .o_field_widget[name='skip_bad'] input",
            run: "click",
        },
        ...clickButton("Import the cards", ".modal-footer"),
        ...see("TOUR0002", ".o_kanban_renderer"),
    ],
});

tours.add("tibillet_base.enrol_and_find", {
    steps: () => [
        ...clickMenu("Cards", "Card batches"),
        {
            content: "the batch",
            trigger: ".o_data_row:contains('Tour batch') .o_data_cell",
            run: "click",
        },
        ...clickButton("Enrol chips"),
        ...see("1 left", ".o_tibillet_chip_dialog"),
        ...tapChip("not a chip"),
        ...see("could not read", ".o_tibillet_chip_dialog .text-danger"),
        ...tapChip("04A1B2C3D4E5F6"),
        ...see("has its chip", ".o_tibillet_chip_dialog"),
        ...clickButton("Close", ".modal-footer"),
        { content: "closed", trigger: "body:not(:has(.modal))" },
        ...clickMenu("Cards", "Find a card"),
        ...tapChip("04A1B2C3D4E5F6"),
        ...see("Bound", ".o_field_widget[name='chip_state']"),
        ...clickButton("Block"),
        ...clickButton("Ok", ".modal-footer"),
        ...clickButton("Unblock"),
        ...see("Declare lost", ".o_form_statusbar"),
    ],
});
