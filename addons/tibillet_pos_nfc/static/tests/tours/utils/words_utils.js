import { user } from "@web/core/user";

/**
 * What an element shows, in any language: amounts as each writes them ("20.00" is 20,00 in French), names as they are.
 *
 * @param {string[]} texts
 * @returns {string} pseudo-classes for a step's trigger
 */
export function says(...texts) {
    return texts.map((text) => `:contains("/${pattern(text)}/")`).join("");
}

/** Whether a text shows another, in any language. */
export function isIn(text, content) {
    return new RegExp(pattern(text).replaceAll(" ", "\\s")).test(content);
}

function pattern(text) {
    return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/(\d)\\\.(\d)/g, "$1[.,]$2");
}

/** The screen speaks the user's language: English as it is written, anything else translated. */
export function speaksTheUsersLanguage(trigger, english) {
    return {
        content: "the screen speaks the user's language",
        trigger,
        run: ({ anchor }) => {
            const isEnglish = anchor.textContent.includes(english);
            if (isEnglish !== user.lang.startsWith("en")) {
                throw new Error(`${user.lang}: ${anchor.textContent}`);
            }
        },
    };
}
