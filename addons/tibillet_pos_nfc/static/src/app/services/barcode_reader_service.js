import { BarcodeReader } from "@point_of_sale/app/services/barcode_reader_service";
import { patch } from "@web/core/utils/patch";
import { PREFIX } from "./sources/wedge_source";

// What the barcode service collected before the prefix could be told from a barcode.
const LEAKED = PREFIX.slice(0, -1);

patch(BarcodeReader.prototype, {
    async _scan(code) {
        const typed = code?.toUpperCase();
        if (typed !== LEAKED && !typed?.startsWith(PREFIX)) {
            return super._scan(code);
        }
    },
});
