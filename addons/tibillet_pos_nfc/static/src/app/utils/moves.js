import { deserializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/**
 * A moment as people read it. Today the hour is enough; before, the day too.
 *
 * @param {string} date ISO 8601, UTC
 * @param {boolean} [isWhole] the day and the year in any case
 */
export function formatMoment(date, isWhole = false) {
    const at = deserializeDateTime(date.replace("T", " ").replace("Z", ""));
    if (isWhole) {
        return at.toFormat("dd/MM/yyyy HH:mm");
    }
    return at.hasSame(DateTime.now(), "day") ? at.toFormat("HH:mm") : at.toFormat("dd/MM HH:mm");
}

/** An amount with its sign, as on a statement: +10.00 €, −7.50 €. */
export function signedText({ amount, text }) {
    return amount > 0 ? `+${text}` : text.replace("-", "−");
}
