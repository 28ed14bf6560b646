from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    tibillet_booking_id = fields.Many2one(
        "tibillet.booking",
        "Wallet booking",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )

    def _post(self, soft=True):
        """A top-up by invoice would credit no card."""
        for move in self.filtered(lambda move: move.is_sale_document(include_receipts=True)):
            if topup := move.invoice_line_ids.product_id.filtered("tibillet_asset_id")[:1]:
                raise UserError(
                    self.env._(
                        "%s is sold at the till, with the card at hand. An invoice would credit no card.",
                        topup.display_name,
                    )
                )
        return super()._post(soft)

    def _tibillet_open(self, domain):
        """A window on the entries of `domain` (:class:`Domain`): journal, date and reference rather than due dates."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries"),
            "res_model": self._name,
            "views": [(self.env.ref("account.view_move_tree").id, "list"), (False, "form")],
            "domain": list(domain),
        }
