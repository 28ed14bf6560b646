export function shows(step, ...texts) {
    const contents = texts.map((text) => `:contains("${text}")`).join("");
    return {
        content: `the badge: ${step} ${texts}`,
        trigger: `.tibillet-badge[data-step="${step}"]${contents}`,
    };
}

export function isAtTheDoor() {
    return { content: "the till is a badge reader", trigger: ".tibillet-badge-screen" };
}
