/** Signed tickets, as tokens.py writes them: base45 of 27 bytes and their Ed25519 signature. */

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BODY = 27;
const SIZE = 91;

/** The bytes of a text in base45, or null. */
export function decode(text) {
    if (text.length % 3 === 1) {
        return null;
    }
    const bytes = [];
    for (let start = 0; start < text.length; start += 3) {
        const values = [...text.slice(start, start + 3)].map((letter) => LETTERS.indexOf(letter));
        if (values.includes(-1)) {
            return null;
        }
        const value = values.reduceRight((sum, digit) => sum * 45 + digit, 0);
        if (values.length === 3) {
            if (value > 0xffff) {
                return null;
            }
            bytes.push(value >> 8, value & 0xff);
        } else {
            if (value > 0xff) {
                return null;
            }
            bytes.push(value);
        }
    }
    return new Uint8Array(bytes);
}

/** {key, event, uuid, until, body, signature} of what looks like a ticket, its signature unchecked; or null. */
export function peek(text) {
    const bytes = decode(text);
    if (!bytes || bytes.length !== SIZE || bytes[0] !== 1) {
        return null;
    }
    const view = new DataView(bytes.buffer);
    const hex = [...bytes.slice(6, 22)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return {
        key: bytes[1],
        event: view.getUint32(2),
        uuid: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
        until: view.getUint32(22),
        body: bytes.slice(0, BODY),
        signature: bytes.slice(BODY),
    };
}

const imported = new Map();

function publicKey(hex) {
    if (!imported.has(hex)) {
        const raw = new Uint8Array(hex.match(/../g).map((byte) => parseInt(byte, 16)));
        imported.set(hex, crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]));
    }
    return imported.get(hex);
}

/** Whether the key (64 hexadecimal digits) signed this ticket. */
export async function signed(ticket, hex) {
    return crypto.subtle.verify("Ed25519", await publicKey(hex), ticket.signature, ticket.body);
}
