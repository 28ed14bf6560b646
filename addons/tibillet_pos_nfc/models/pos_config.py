from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.tibillet_base.demo.cards import DEMO_CARDS, is_demo


class PosConfig(models.Model):
    _inherit = "pos.config"

    tibillet_place_id = fields.Many2one(related="company_id.tibillet_place_id", string="Place")
    tibillet_box_url = fields.Char(
        "Reader box",
        default="ws://127.0.0.1:8070/taps",
        help="Address of the reader's box on this till; empty for none.",
    )
    tibillet_box_token = fields.Char(
        "Pairing token",
        copy=False,
        help="Shown by the box when it is installed: only this till may listen to it.",
    )
    tibillet_wedge = fields.Boolean(
        "Keyboard reader",
        default=True,
        help="A reader that types the card as NFC: and its number, then Enter.",
    )
    tibillet_web_nfc = fields.Boolean("Phone reader", help="Read cards with the phone itself (Chrome on Android).")
    tibillet_next_customer = fields.Boolean(
        "Next customer at once",
        default=True,
        help="After an order paid by card, skip the receipt: it stays in the orders.",
    )

    def write(self, vals):
        """Odoo lets a cashier write on a till; what says how it serves cards is a manager's."""
        ours = any(name.startswith("tibillet_") for name in vals)
        if ours and not self.env.su and not self.env.user.has_group("point_of_sale.group_pos_manager"):
            raise AccessError(self.env._("A manager sets how a till serves cards."))
        return super().write(vals)

    @api.constrains("fast_payment_method_ids", "payment_method_ids")
    def _check_tibillet_fast_payment(self):
        fast = self.fast_payment_method_ids._tibillet_nfc()
        if fast:
            raise ValidationError(
                self.env._(
                    "%(method)s waits for a tap: it cannot be a fast payment method.",
                    method=fast[0].name,
                )
            )

    @api.constrains("tibillet_box_url")
    def _check_tibillet_box_url(self):
        for config in self:
            if config.tibillet_box_url and not config.tibillet_box_url.startswith(("ws://", "wss://")):
                raise ValidationError(self.env._("The reader box's address starts with ws:// or wss://."))

    @api.model
    def _load_pos_data_read(self, records, config):
        read_records = super()._load_pos_data_read(records, config)
        for record in read_records:
            record["_tibillet_demo_cards"] = self._tibillet_demo_cards()
        return read_records

    @api.model
    def _tibillet_demo_cards(self):
        """Cards of the simulator's tray: ``[{uid, number, state, holder}]``, none outside a demonstration database."""
        if not is_demo(self.env):
            return []
        uids = {card.number: card.uid for card in DEMO_CARDS}
        cards = self.env["tibillet.card"].sudo().search([("number", "in", list(uids))])
        return [
            {"uid": uids[card.number], "number": card.number, "state": card.state, "holder": card.partner_id.name or ""}
            for card in cards
        ]
