import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const KIND_ICONS = { money: "fa-eur", gift: "fa-gift", time: "fa-clock-o", loyalty: "fa-star" };

/** What is happening tonight, how much circulates, which cards are where, what needs me. */
export class TibilletDashboard extends Component {
    static template = "tibillet_base.Dashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null, verifying: false });
        this.display = { controlPanel: false };
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("tibillet.dashboard", "read_dashboard", []);
    }

    kindIcon(kind) {
        return KIND_ICONS[kind];
    }

    stepClass(step) {
        if (step.done) {
            return "btn-light";
        }
        const next = this.state.data.steps.find((other) => !other.done);
        return step === next ? "btn-primary" : "btn-secondary";
    }

    open(action) {
        if (action) {
            return this.action.doAction(action);
        }
    }

    openCards(card) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Cards: %s", card.label),
            res_model: "tibillet.card",
            domain: [["state", "=", card.state]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    openAsset(asset) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "tibillet.asset",
            res_id: asset.id,
            views: [[false, "form"]],
        });
    }

    openStep(step) {
        return this.action.doAction(step.action, { onClose: () => this.load() });
    }

    async verify() {
        this.state.verifying = true;
        try {
            await this.orm.call("tibillet.verification", "run_now", []);
            await this.load();
        } finally {
            this.state.verifying = false;
        }
    }
}

registry.category("actions").add("tibillet_base.dashboard", TibilletDashboard);
