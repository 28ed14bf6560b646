/**
 * What a designer would send back on the page as it is now, as sentences.
 *
 * @param {{ours: string, touch: number, small: string}} asked `ours`: where our own screens begin; `touch`: the least height in
 *     pixels of what is touched; `small`: what may be smaller
 */
({ ours, touch, small }) => {
    const found = new Set();
    const [width, height] = [window.innerWidth, window.innerHeight];
    const roots = [...document.querySelectorAll(ours)];
    const all = new Set(roots.flatMap((root) => [root, ...root.querySelectorAll("*")]));
    const isSeen = (el) => {
        const { width: w, height: h } = el.getBoundingClientRect();
        const isShown = el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        return isShown && w > 1 && h > 1 && !el.closest(".visually-hidden");
    };
    const ownText = (el) =>
        [...el.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.data.trim())
            .join(" ")
            .trim();
    const isAct = (el) =>
        el.matches("button, a[href], select, input:not([type=hidden]), [role=button]");
    const nameOf = (el) =>
        `${el.tagName.toLowerCase()}.${[...el.classList].join(".")} “${(el.innerText ?? "").trim().slice(0, 40)}”`;
    const parents = (el) =>
        el.parentElement ? [el.parentElement, ...parents(el.parentElement)] : [];
    const scrolls = (el, axis) => {
        const style = getComputedStyle(el)[`overflow${axis}`];
        const isLonger =
            axis === "X" ? el.scrollWidth > el.clientWidth : el.scrollHeight > el.clientHeight;
        return ["auto", "scroll"].includes(style) && isLonger;
    };
    const isCutByWindow = (el) => {
        const box = el.getBoundingClientRect();
        const around = [...parents(el), document.documentElement];
        const isBeside = box.left < -1 || box.right > width + 1;
        const isBelow = box.top < -1 || box.bottom > height + 1;
        const pageScrolls = document.documentElement.scrollHeight > height + 1;
        return (
            (isBeside && !around.some((parent) => scrolls(parent, "X"))) ||
            (isBelow && !pageScrolls && !around.some((parent) => scrolls(parent, "Y")))
        );
    };
    const isCutByParent = (el) => {
        const box = el.getBoundingClientRect();
        return parents(el).some((parent) => {
            const style = getComputedStyle(parent);
            if (
                !["hidden", "clip"].includes(style.overflowX) ||
                style.textOverflow === "ellipsis"
            ) {
                return false;
            }
            const edge = parent.getBoundingClientRect();
            return box.left < edge.left - 2 || box.right > edge.right + 2;
        });
    };
    const sticksOut = (el) => {
        const style = getComputedStyle(el);
        return (
            style.display !== "inline" &&
            style.textOverflow !== "ellipsis" &&
            !["auto", "scroll"].includes(style.overflowX) &&
            el.scrollWidth > el.clientWidth + 2
        );
    };

    if (document.documentElement.scrollWidth > width + 1) {
        found.add(`the page is ${document.documentElement.scrollWidth} px wide on ${width}`);
    }
    const seen = [...all].filter(isSeen);
    for (const el of seen.filter((one) => isAct(one) || ownText(one))) {
        if (isCutByWindow(el)) {
            found.add(`cut by the window: ${nameOf(el)}`);
        }
        if (isCutByParent(el)) {
            found.add(`cut by what is around: ${nameOf(el)}`);
        }
        if (sticksOut(el)) {
            found.add(`wider than its place: ${nameOf(el)}`);
        }
        if (isAct(el) && !el.matches(small) && el.getBoundingClientRect().height < touch - 0.5) {
            found.add(`${Math.round(el.getBoundingClientRect().height)} px high: ${nameOf(el)}`);
        }
    }
    const words = seen.flatMap((el) => [
        ownText(el),
        ...["aria-label", "placeholder", "title", "alt"].map((name) => el.getAttribute(name)),
    ]);
    return { found: [...found], words: [...new Set(words.filter(Boolean))], looked: seen.length };
};
