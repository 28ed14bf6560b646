import { ClosePosPopup } from "@point_of_sale/app/components/popups/closing_popup/closing_popup";
import { patch } from "@web/core/utils/patch";
import { ClosingReportPopup } from "@tibillet_pos_closing/app/components/popups/closing_report/closing_report";

patch(ClosePosPopup.prototype, {
    async showClosingReport() {
        if (!(await this.pos.pushOrdersWithClosingPopup())) {
            return;
        }
        const { html } = await this.pos.data.call("pos.session", "tibillet_report", [
            this.pos.session.id,
        ]);
        this.dialog.add(ClosingReportPopup, { html });
    },
});
