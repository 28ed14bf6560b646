from odoo import api, fields, models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    """Who sold: the cashier who tapped in, else the till's user."""

    _inherit = "pos.order"

    # Not computed: the till drops computed fields from what it sends.
    tibillet_cashier_id = fields.Many2one(
        "res.users",
        "Sold by",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The cashier who tapped in at the till; its user where nobody taps in.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["tibillet_cashier_id"] = vals.get("tibillet_cashier_id") or vals.get("user_id") or self.env.uid
        return super().create(vals_list)

    @api.model
    def sync_from_ui(self, orders):
        for order in orders:
            self._tibillet_check_cashier(order)
        return super().sync_from_ui(orders)

    @api.model
    def _tibillet_check_cashier(self, order):
        """Who sold is who tapped in at this session with rights at the time; a card's tap is never refused for it."""
        session = self.env["pos.session"].browse(order.get("session_id")).sudo().exists()
        if not session.config_id.tibillet_cashier_login:
            order.pop("tibillet_cashier_id", None)
            return
        if order.get("state") not in ("paid", "done"):
            return
        cashier = self.env["res.users"].sudo().browse(order.get("tibillet_cashier_id") or [])
        known = cashier and self._tibillet_tapped_in(session, cashier)
        if self._tibillet_is_tapped(order):
            if not known:
                order.pop("tibillet_cashier_id", None)
            return
        if not known:
            raise UserError(self.env._("Tap your cashier card, then validate this order again."))
        cards = self.env["tibillet.cashier.card"].sudo().with_context(active_test=False)
        cards = cards.search([("user_id", "=", cashier.id), ("config_ids", "in", session.config_id.ids)])
        sold_on = fields.Datetime.to_datetime(order.get("date_order")) or fields.Datetime.now()
        if cards and all(card._ended_before(sold_on) for card in cards):
            raise UserError(
                self.env._(
                    "%s's cashier card had lost its rights. Another cashier taps in, then validates this order again.",
                    cashier.name,
                )
            )

    def _tibillet_tapped_in(self, session, cashier):
        return bool(
            self.env["tibillet.till.act"]
            .sudo()
            .search_count(
                [("session_id", "=", session.id), ("cashier_id", "=", cashier.id), ("kind", "=", "login")], limit=1
            )
        )
