import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";

/**
 * Reads a chip with a reader that types like a keyboard: to find a card, to bind one, or to enrol a batch tap after tap.
 * What is typed goes to the server as an argument; it is stored nowhere.
 */
export class ChipDialog extends Component {
    static template = "tibillet_base.ChipDialog";
    static components = { Dialog };
    static props = {
        mode: { validate: (mode) => ["find", "bind", "enrol"].includes(mode) },
        cardId: { type: Number, optional: true },
        number: { type: String, optional: true },
        batchId: { type: Number, optional: true },
        close: Function,
        done: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.input = useAutofocus({ refName: "input" });
        this.state = useState({
            busy: false,
            message: "",
            failed: false,
            number: this.props.number,
            left: 0,
        });
        onWillStart(async () => {
            if (this.props.mode === "enrol") {
                this.follow(
                    await this.orm.call("tibillet.card.batch", "next_to_enrol", [
                        this.props.batchId,
                    ])
                );
            }
        });
    }

    get title() {
        return { find: _t("Find a card"), bind: _t("Bind the chip"), enrol: _t("Enrol chips") }[
            this.props.mode
        ];
    }

    follow({ number, left }) {
        Object.assign(this.state, { number, left });
    }

    async read() {
        const text = this.input.el.value.trim();
        this.input.el.value = "";
        if (!text || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.failed = false;
            await this[this.props.mode](text);
        } catch (error) {
            this.state.failed = true;
            this.state.message = error.data?.message || _t("The server did not answer. Try again.");
        } finally {
            this.state.busy = false;
            this.input.el?.focus();
        }
    }

    async find(text) {
        const action = await this.orm.call("tibillet.card", "find", [text]);
        this.props.close();
        await this.action.doAction(action);
    }

    async bind(text) {
        await this.orm.call("tibillet.card", "action_bind", [[this.props.cardId], text]);
        this.props.close();
        this.props.done?.();
    }

    async enrol(text) {
        const number = this.state.number;
        this.follow(
            await this.orm.call("tibillet.card.batch", "enrol", [
                [this.props.batchId],
                number,
                text,
            ])
        );
        this.state.message = _t("Card %s has its chip.", number);
    }
}

async function openChipDialog(env, action) {
    const { mode, card_id, number, batch_id } = action.params;
    const reload = () =>
        env.services.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    env.services.dialog.add(
        ChipDialog,
        { mode, cardId: card_id, number, batchId: batch_id, done: reload },
        { onClose: mode === "enrol" ? reload : undefined }
    );
}

registry.category("actions").add("tibillet_base.chip_dialog", openChipDialog);
