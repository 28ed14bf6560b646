/** Who tapped in since this page was opened, by a digest of the card: no chip's number is kept. */
export class KnownCards {
    constructor() {
        this.salt = crypto.getRandomValues(new Uint8Array(16)).join();
        this.cashiers = new Map();
    }

    async keep(uid, cashier) {
        const digest = await this.digest(uid);
        if (digest) {
            this.cashiers.set(digest, cashier);
        }
    }

    async of(uid) {
        return this.cashiers.get(await this.digest(uid));
    }

    forget(ids) {
        for (const [digest, cashier] of this.cashiers) {
            if (ids.includes(cashier.id)) {
                this.cashiers.delete(digest);
            }
        }
    }

    /** Empty where the browser has no cryptography (a page without HTTPS): nobody is known there. */
    async digest(uid) {
        if (!crypto.subtle) {
            return "";
        }
        const bytes = new TextEncoder().encode(this.salt + uid.toUpperCase());
        return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).join();
    }
}
