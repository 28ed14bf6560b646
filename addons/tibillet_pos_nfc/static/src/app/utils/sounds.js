// Notes of each sound: [frequency in Hz, start and length in seconds].
const SOUNDS = {
    paid: [
        [880, 0, 0.09],
        [1320, 0.09, 0.16],
    ],
    refused: [
        [220, 0, 0.14],
        [165, 0.18, 0.24],
    ],
    attention: [[587, 0, 0.22]],
};
const VOLUME = 0.2;
const MUTED_KEY = "tibillet_pos_nfc.muted";

let context;

export function isMuted() {
    return localStorage.getItem(MUTED_KEY) === "1";
}

export function setMuted(muted) {
    localStorage.setItem(MUTED_KEY, muted ? "1" : "0");
}

/** @param {"paid"|"refused"|"attention"} name */
export function playSound(name) {
    if (isMuted() || !window.AudioContext) {
        return;
    }
    context ??= new AudioContext();
    // A page that nobody touched yet may not sound; the screen tells the same.
    context.resume().catch(() => {});
    for (const [frequency, start, length] of SOUNDS[name]) {
        const oscillator = new OscillatorNode(context, { frequency, type: "triangle" });
        const gain = new GainNode(context, { gain: VOLUME });
        const from = context.currentTime + start;
        gain.gain.setTargetAtTime(0, from + length * 0.7, length * 0.1);
        oscillator.connect(gain).connect(context.destination);
        oscillator.start(from);
        oscillator.stop(from + length);
    }
}
