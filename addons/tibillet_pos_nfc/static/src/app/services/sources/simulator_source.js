/** Demo cards tapped on the screen, in a demonstration database only. */
export class SimulatorSource {
    static name = "simulator";

    constructor({ cards }, { tap }) {
        this.cards = cards;
        this.emit = tap;
    }

    get ready() {
        return true;
    }

    start() {}

    stop() {}

    touch({ uid }) {
        this.emit({ uid, source: SimulatorSource.name });
    }

    async confirm() {
        return true;
    }
}
