/** The words that the back office's tours are told in. Each gives steps. */

export function clickMenu(section, entry) {
    return [
        {
            content: `open the menu ${section}`,
            trigger: `.o_menu_sections :contains("${section}"):last`,
            run: "click",
        },
        {
            content: `choose ${entry}`,
            trigger: `.o-dropdown--menu .dropdown-item:contains("${entry}")`,
            run: "click",
        },
    ];
}

export function clickButton(
    name,
    scope = ".o_content, .o_control_panel, .o_form_statusbar, .modal"
) {
    const trigger = scope
        .split(", ")
        .map((part) => `${part} button:enabled:contains("${name}")`)
        .join(", ");
    return [{ content: `press ${name}`, trigger, run: "click" }];
}

export function fill(field, value) {
    return [
        {
            content: `${field}: ${value}`,
            trigger: `.o_field_widget[name="${field}"] input`,
            run: `edit ${value}`,
        },
    ];
}

export function choose(field, value) {
    return [
        {
            content: `look for ${value}`,
            trigger: `.o_field_widget[name="${field}"] input`,
            run: `edit ${value}`,
        },
        {
            content: `choose ${value}`,
            trigger: `.o-autocomplete--dropdown-item:contains("${value}")`,
            run: "click",
        },
    ];
}

export function upload(field, name, lines) {
    return [
        {
            content: `give the file ${name}`,
            trigger: `.o_field_widget[name="${field}"] .o_input_file:not(:visible)`,
            run: ({ anchor }) => {
                const files = new DataTransfer();
                files.items.add(new File([lines.join("\n")], name, { type: "text/csv" }));
                anchor.files = files.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
    ];
}

export function tapChip(uid) {
    return [
        {
            content: "the reader types the chip",
            trigger: ".o_tibillet_chip_dialog input:enabled",
            run: `edit ${uid}`,
        },
        {
            content: "and Enter",
            trigger: ".o_tibillet_chip_dialog input:enabled",
            run: "press Enter",
        },
    ];
}

export function see(text, scope = "body") {
    return [{ content: `see ${text}`, trigger: `${scope}:contains("${text}")` }];
}
