import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { TapStatus } from "@tibillet_pos_nfc/app/components/tap_status/tap_status";

Navbar.components = { ...Navbar.components, TapStatus };
