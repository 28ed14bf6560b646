/** The door's page: shows what a ticket is worth, by the server where it answers, alone where it does not. */

import { store } from "./store.js";

const PATIENCE = 2500; // ms that a person waits for the server before the phone decides
const REFRESH = 20000; // ms between two looks at the list
const CHUNK = 100; // scans told at once
const SHOWN = 1200; // ms that a welcome stays
const ICONS = { in: "fa-check-circle", out: "fa-sign-out", already: "fa-exclamation-triangle" };

const the = (id) => document.getElementById(id);
const word = (name) =>
    the("words").content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
const the_way = () => document.querySelector("[name=way]:checked").value;
let online = navigator.onLine;
let syncing = false;

class Away extends Error {}

async function ask(route, params) {
    let response = null;
    try {
        response = await fetch(`/door/${route}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
            signal: AbortSignal.timeout(route === "scan" ? PATIENCE : 30000),
        });
        if (!response.ok) {
            throw new Away();
        }
        response = await response.json();
    } catch {
        show_state(false);
        throw new Away();
    }
    show_state(true);
    if (response.error) {
        const { name, message } = response.error.data;
        if (name === "odoo.exceptions.AccessDenied") {
            let_out(word("let_out"));
        }
        throw new Error(message);
    }
    return response.result;
}

function show_state(now_online) {
    online = now_online;
    the("offline").hidden = online && !store.queue.length;
    the("unpaired").hidden = Boolean(store.secret);
    the("scanner").hidden = !store.secret || !store.list;
    the("waiting").textContent = store.queue.length
        ? `${store.queue.length} ${word("waiting")}`
        : "";
    the("state").textContent = online ? word("online") : "";
    if (store.list) {
        const going = store.list.tickets.filter((ticket) => ["open", "done"].includes(ticket[3]));
        const inside = going.filter((ticket) => ticket[4]).length;
        the("event").textContent = store.list.event.name;
        the("door").textContent = store.list.door;
        the("count").textContent = `${inside} ${word("inside")} ${going.length}`;
    }
    the("twice").hidden = !store.twice.length;
    the("twice_words").textContent = store.twice
        .map(({ name, answer, since, door }) => {
            const first = since ? `, ${door || "?"}, ${clock(since)}` : "";
            return `${name || "?"} (${word(answer)}${first})`;
        })
        .join(" ");
}

/** The server's moment (UTC) as this phone's clock shows it. */
function clock(moment) {
    return moment
        ? new Date(`${moment.replace(" ", "T")}Z`).toLocaleTimeString([], { timeStyle: "short" })
        : "?";
}

function let_out(words) {
    store.save("secret", null);
    if (words) {
        the("unpaired_words").textContent = words;
    }
    show_state(online);
}

/** What a ticket is worth: {answer, name, price, since, door}; `shown` is the QR code's text or the bar code. */
export async function scan(shown, leave = the_way() === "out") {
    const key = crypto.randomUUID();
    let told = null;
    if (online && !store.queue.length) {
        try {
            told = await ask("scan", { secret: store.secret, shown, key, leave });
            const ticket = store.list.tickets.find((known) => known[0] === told.uuid);
            if (ticket && ["in", "out", "already"].includes(told.answer)) {
                store.mark(ticket, !told.inside);
            }
        } catch {
            if (!store.secret) {
                return null; // let out: the page says so
            }
        }
    }
    if (!told) {
        told = await store.decide(shown, leave);
        // The same key: if the server had heard it after all, it answers as it did.
        store.remember({ key, shown, leave, answer: told.answer, uuid: told.uuid });
    }
    show(told);
    show_state(online);
    return told;
}

function show({ answer, name, price, since, door }) {
    const good = ["in", "out"].includes(answer);
    const box = the("answer");
    box.className = good ? "good" : answer === "already" ? "attention" : "bad";
    the("answer_icon").className = `fa ${ICONS[answer] ?? "fa-times-circle"}`;
    the("answer_word").textContent = word(answer);
    the("answer_name").textContent = name ?? "";
    the("answer_price").textContent = price ?? "";
    const first = since ? `${clock(since)}${door ? `, ${door}` : ""}. ` : "";
    the("answer_why").textContent = good ? "" : first + word(`${answer}_why`);
    if (!box.open) {
        box.showModal();
    }
    clearTimeout(show.timer);
    if (good) {
        show.timer = setTimeout(() => box.close(), SHOWN);
    }
}

/** Tell what was decided alone, then look at the list; what the server did not hear stays to be told. */
export async function sync() {
    if (syncing || !store.secret) {
        return;
    }
    syncing = true;
    try {
        if (!store.list) {
            store.refresh(await ask("list", { secret: store.secret }));
        }
        while (store.toTell().length) {
            const scans = store.toTell().slice(0, CHUNK);
            const twice = await ask("sync", { secret: store.secret, scans });
            store.told(new Set(scans.map((told) => told.key)));
            store.save("twice", [...store.twice, ...twice]);
        }
        const list = await ask("list", { secret: store.secret, version: store.list?.version });
        if (list.tickets) {
            store.refresh(list);
        }
    } catch (error) {
        if (!(error instanceof Away)) {
            console.warn(error.message);
        }
    } finally {
        syncing = false;
        show_state(online);
    }
}

function search() {
    const typed = the("shown").value.trim();
    the("found").replaceChildren();
    if (typed.length < 2 || /^[\d]+$/.test(typed) || typed.length > 60) {
        return;
    }
    const wanted = typed.toLocaleLowerCase();
    const found = store.list.tickets.filter((ticket) =>
        ticket[1].toLocaleLowerCase().includes(wanted)
    );
    for (const [, name, price, , inside, barcode] of found.slice(0, 20)) {
        const line = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${name} · ${price}${inside ? " ✓" : ""}`;
        button.addEventListener("click", () => scan(barcode));
        line.append(button);
        the("found").append(line);
    }
    if (!found.length) {
        the("found").textContent = word("nobody");
    }
}

async function open_camera() {
    const reader = new window.ZXing.BrowserMultiFormatReader();
    let last = "";
    try {
        the("video").hidden = false;
        await reader.decodeFromConstraints(
            { video: { facingMode: "environment" } },
            the("video"),
            (result) => {
                const shown = result?.getText();
                if (shown && !the("answer").open && shown !== last) {
                    last = shown;
                    setTimeout(() => (last = ""), 3000);
                    scan(shown);
                }
            }
        );
        the("camera").hidden = true;
    } catch {
        the("video").hidden = true;
        the("found").textContent = word("no_camera");
    }
}

async function start() {
    if ("serviceWorker" in navigator) {
        await navigator.serviceWorker.register("/door/worker.js", { scope: "/door" });
    }
    const code = location.hash.slice(1);
    if (code) {
        history.replaceState(null, "", "/door");
        try {
            store.save("secret", await ask("pair", { code }));
            // Another door perhaps; what was not told yet stays to be told.
            store.save("list", null);
        } catch (error) {
            let_out(error.message);
        }
    }
    if (!store.secret) {
        return let_out();
    }
    await sync();
    document.body.dataset.ready = "1";
}

the("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    const shown = the("shown").value.trim();
    the("shown").value = "";
    the("found").replaceChildren();
    if (shown) {
        scan(shown);
    }
});
the("shown").addEventListener("input", search);
the("twice_seen").addEventListener("click", () => {
    store.save("twice", []);
    show_state(online);
});
the("camera").addEventListener("click", open_camera);
the("answer_close").addEventListener("click", () => the("answer").close());
window.addEventListener("online", sync);
window.addEventListener("offline", () => show_state(false));
setInterval(sync, REFRESH);
window.door = { scan, sync, store };
start();
