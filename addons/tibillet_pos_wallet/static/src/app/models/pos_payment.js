import { PosPayment } from "@point_of_sale/app/models/pos_payment";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";

patch(PosPayment.prototype, {
    setTap({ card }, left) {
        super.setTap(...arguments);
        if (!card) {
            this.ticket = _t("By phone · left %s", left);
        }
    },
});
