// A phone that lends its NFC reader to a till: each tap is sent at once or not at all, never kept to be sent later.

const TIMEOUT_MS = 4000;
const SHOWN_MS = 1500;
const PREFIX = "NFC:";
const MAX_GAP_MS = 150;

const words = JSON.parse(document.getElementById("words").textContent);
const field = document.getElementById("field");
const state = document.getElementById("state");
const wake = document.getElementById("wake");
const taps = document.getElementById("taps");

let isAwake = false;
let shownUntil;

function rest() {
    const isSupported = "NDEFReader" in window;
    wake.hidden = isAwake || !isSupported;
    field.dataset.state = isAwake ? "ready" : "asleep";
    state.textContent = isAwake ? words.ready : isSupported ? words.asleep : words.unsupported;
}

function show(kind, sentence) {
    field.dataset.state = kind;
    state.textContent = sentence;
    const line = document.createElement("li");
    const time = document.createElement("time");
    time.textContent = new Date().toLocaleTimeString();
    const text = document.createElement("span");
    text.className = kind;
    text.textContent = sentence;
    line.append(time, text);
    taps.prepend(line);
    [...taps.children].slice(5).forEach((old) => old.remove());
    navigator.vibrate?.(kind === "sent" ? 60 : [120, 60, 120]);
    clearTimeout(shownUntil);
    shownUntil = setTimeout(rest, SHOWN_MS);
}

async function send(uid) {
    try {
        const response = await fetch("/tibillet/reader/tap", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", params: { uid, at: Date.now() } }),
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const { result } = await response.json();
        if (result.status === "sent") {
            show("sent", words.sent.replace("%s", result.till));
        } else {
            show("refused", result.message);
        }
    } catch {
        show("refused", words.offline);
    }
}

async function scan() {
    try {
        const reader = new window.NDEFReader();
        reader.addEventListener("reading", ({ serialNumber }) =>
            send(serialNumber.replaceAll(":", ""))
        );
        reader.addEventListener("readingerror", () => show("refused", words.unreadable));
        await reader.scan();
        isAwake = true;
        await navigator.wakeLock?.request("screen").catch(() => {});
        rest();
    } catch {
        show("refused", words.refused);
    }
}

// A reader that types, plugged into the phone.
let typed = "";
let typedAt = 0;
window.addEventListener("keydown", (event) => {
    typed = performance.now() - typedAt > MAX_GAP_MS ? "" : typed;
    typedAt = performance.now();
    if (event.key === "Enter" && typed.startsWith(PREFIX)) {
        event.preventDefault();
        send(typed.slice(PREFIX.length));
        typed = "";
    } else if (event.key?.length === 1) {
        typed += event.key.toUpperCase();
    }
});

wake.addEventListener("click", scan);
rest();
