const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel"];

/** Locks a till that nobody has touched for as long as its settings say, a sleeping phone's time included. */
export class IdleLock {
    constructor(pos) {
        this.pos = pos;
        this.touch();
        for (const touch of TOUCHES) {
            window.addEventListener(touch, () => this.touch(), { capture: true, passive: true });
        }
        setInterval(() => this.check(), 1000);
    }

    touch() {
        this.touchedAt = Date.now();
    }

    check() {
        const limit = this.pos.config.tibillet_lock_minutes * 60000;
        if (limit && Date.now() - this.touchedAt >= limit) {
            this.pos.lock();
        }
    }
}
