import { PaymentScreenPaymentLines } from "@point_of_sale/app/screens/payment_screen/payment_lines/payment_lines";
import { TapPaymentLine } from "./tap_payment_line";

PaymentScreenPaymentLines.components = { ...PaymentScreenPaymentLines.components, TapPaymentLine };
