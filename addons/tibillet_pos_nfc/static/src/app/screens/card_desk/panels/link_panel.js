import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";

/** Find a person, or make one by name and e-mail; touching them links the card. */
export class LinkPanel extends Component {
    static template = "tibillet_pos_nfc.LinkPanel";
    static props = { desk: Object };

    setup() {
        this.desk = useState(this.props.desk);
        this.state = useState({ query: "", people: null, name: "", email: "", asksWitness: null });
        useAutofocus({ refName: "query", mobile: true });
        const name = useRef("name");
        const email = useRef("email");
        useEffect(
            (isNobody) => {
                if (isNobody) {
                    (this.state.email ? name : email).el.focus();
                }
            },
            () => [this.state.people?.length === 0]
        );
    }

    async search() {
        const answer = await this.desk.look("people", { query: this.state.query });
        this.state.people = answer?.people ?? null;
        if (this.state.query.includes("@")) {
            this.state.email = this.state.query.trim();
        } else {
            this.state.name = this.state.query.trim();
        }
    }

    link(person) {
        return this.ask({ partner_id: person.id });
    }

    create() {
        return this.ask({ person: { name: this.state.name, email: this.state.email } });
    }

    /** A person who has a card and a balance shows that card: else anybody could spend their money. */
    async ask(values) {
        const answer = await this.desk.act("link", values);
        if (answer?.status === "refused" && answer.code === "witness") {
            this.state.asksWitness = true;
            const tap = await this.desk.taps.nextTap();
            this.state.asksWitness = null;
            if (tap) {
                const { uid, source } = tap;
                await this.desk.act("link", { ...values, witness: { uid, source } });
            }
        }
    }

    back() {
        this.desk.taps.stopWaiting();
        this.desk.open(null);
    }
}
