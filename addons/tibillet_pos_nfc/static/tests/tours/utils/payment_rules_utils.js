export function bonusIsTold(amount, bonus) {
    return {
        content: `${amount} gives ${bonus}`,
        trigger: `.tibillet-top-up button:contains("${amount}"):has(.tibillet-bonus:contains("${bonus}"))`,
    };
}

export function receiptTells(text) {
    return {
        content: `the receipt tells ${text}`,
        trigger: `.receipt-screen .tibillet-remark:contains("${text}")`,
    };
}

export function lineTells(text) {
    return {
        content: `the line tells ${text}`,
        trigger: `.order-container .tibillet-remark:contains("${text}")`,
    };
}

export function cupsBack() {
    return { content: "cups come back", trigger: ".tibillet-cups-back", run: "click" };
}

export function comeBack(number) {
    return {
        content: `${number} come back`,
        trigger: `.tibillet-cups button[data-number="${number}"]`,
        run: "click",
    };
}

export function staysAlone() {
    return {
        content: "nothing is sold in an order of cups that come back",
        trigger: ".o_notification:contains('Cups that come back make an order of their own')",
    };
}

/** Type a manager's PIN. */
export function approveBy(pin) {
    return [
        ...[...pin].map((digit) => ({
            content: `type ${digit}`,
            trigger: `.tibillet-approval button[data-digit="${digit}"]`,
            run: "click",
        })),
        { content: "approve", trigger: ".tibillet-approve", run: "click" },
    ];
}

/** The card holds vouchers that do not pay this order: which article, and what to do. */
export function vouchersPayApart(product) {
    return {
        content: `${product} is sold in another order`,
        trigger: `.tibillet-short-voucher:contains("take “${product}” out of this order")`,
    };
}

/** Of an order that is shown to be refunded. */
export function chooseOrder(total) {
    return [
        {
            content: `choose the order of ${total}`,
            trigger: `.ticket-screen .order-row:contains("${total}")`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            content: "its lines are behind a button on a phone",
            trigger: ".ticket-screen .review-button",
            run: "click",
        },
    ];
}

/** Back from the payment, a phone shows the order first: its total, then the articles. */
export function articlesAgain(total) {
    return [
        {
            content: `the order comes to ${total}`,
            trigger: `.product-screen .order-summary .total:contains("${total}")`,
        },
        {
            isActive: ["mobile"],
            content: "and on to the articles",
            trigger: ".product-screen .back-button",
            run: "click",
        },
    ];
}

export function chooseLine(article) {
    return {
        content: `choose ${article}`,
        trigger: `.ticket-screen .orderline:contains("${article}")`,
        run: "click",
    };
}

/** Of the lines that one looks at already, on a phone too. */
export function confirmRefund() {
    return {
        content: "refund these",
        trigger: ".ticket-screen .btn-primary.pay-order-button",
        run: "click",
    };
}

export function receiptHasLine(name) {
    return {
        content: `the receipt has a line ${name}`,
        trigger: `.receipt-screen .pos-receipt .orderline:contains("${name}")`,
    };
}
