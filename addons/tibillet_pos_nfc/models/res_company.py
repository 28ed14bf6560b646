import base64

from odoo import fields, models
from odoo.tools import LazyTranslate, file_open

from ..const import TERMINAL

_lt = LazyTranslate(__name__)

CASH = _lt("Cash")
BANK_CARD = _lt("Bank card")
CHEQUE = _lt("Cheque")
NFC_CARD = _lt("NFC card")
TOP_UP = _lt("Top-up")

# Last among the methods of a till, by which it is known again whatever it is called.
CHEQUE_SEQUENCE = 9


def picture(name):
    """A picture of this addon, as an image field takes it."""
    with file_open(f"tibillet_pos_nfc/static/img/{name}.png", "rb") as file:
        return base64.b64encode(file.read())


class ResCompany(models.Model):
    _inherit = "res.company"

    def _tibillet_open_till(self, name):
        """Create a till ready to open: cash, bank card, NFC card, and a top-up of each money that the venue issues.

        :return: the pos.config
        """
        self.ensure_one()
        company = self.sudo().with_company(self)
        company._tibillet_setup_books()
        # A picking per order would take most of the time of a sale: the session's closing makes one for all.
        company.point_of_sale_update_stock_quantities = "closing"
        company._tibillet_top_up_products()
        configs = company.env["pos.config"].with_context(allowed_company_ids=self.ids)
        methods = configs._create_cash_payment_method({"name": self.env._("Cash %s", name)})
        company._tibillet_translate(methods, CASH)
        methods |= company._tibillet_bank_method() | company._tibillet_cheque_method() | company._tibillet_nfc_method()
        return configs.create(
            {
                "name": name,
                "company_id": self.id,
                "payment_method_ids": [fields.Command.set(methods.ids)],
            }
        )

    def _tibillet_top_up_products(self):
        """The products that fill cards, one a money that this venue issues, on sale at its tills."""
        assets = self.tibillet_place_id.asset_ids.filtered(lambda asset: asset.kind == "money")
        for asset in assets.filtered(lambda asset: asset.currency_id == self.currency_id):
            product = asset._topup_product(self)
            if product.available_in_pos:
                continue
            product.write({"available_in_pos": True, "sale_ok": True, "image_1920": picture("top_up")})
            self._tibillet_translate(product, TOP_UP, f" {asset.name}")

    def _tibillet_nfc_method(self):
        known = self.env["pos.payment.method"].search(
            [("use_payment_terminal", "=", TERMINAL), ("company_id", "=", self.id)], limit=1
        )
        return known or self._tibillet_create_method(
            NFC_CARD,
            journal_id=self.tibillet_wallet_journal_id.id,
            payment_method_type="terminal",
            use_payment_terminal=TERMINAL,
            image=picture("nfc_card"),
            sequence=-1,
        )

    def _tibillet_bank_method(self):
        """The bank card's method, on the company's bank journal; a wallet's journal is no bank."""
        banks = self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", self.id)])
        banks -= self.tibillet_wallet_journal_id
        known = self.env["pos.payment.method"].search(
            [("journal_id", "in", banks.ids), ("use_payment_terminal", "=", False)], limit=1
        )
        return known or self._tibillet_create_method(BANK_CARD, journal_id=banks[:1].id, sequence=1)

    def _tibillet_cheque_method(self):
        """Cheques go to the bank's journal beside the bank card, counted apart at the closing."""
        bank = self._tibillet_bank_method()
        known = self.env["pos.payment.method"].search(
            [("journal_id", "=", bank.journal_id.id), ("sequence", "=", CHEQUE_SEQUENCE)], limit=1
        )
        return known or self._tibillet_create_method(CHEQUE, journal_id=bank.journal_id.id, sequence=CHEQUE_SEQUENCE)

    def _tibillet_create_method(self, name, **vals):
        method = self.env["pos.payment.method"].create(
            {"name": name._translate("en_US"), "company_id": self.id, **vals}
        )
        self._tibillet_translate(method, name)
        return method
