from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..const import TERMINAL

LOCK_MINUTES = 240
# Behaviours that only fill cards.
CARDS_ONLY = ("top_up", "kiosk")


class PosConfig(models.Model):
    """What a point of sale is for, and who may open it."""

    _inherit = "pos.config"

    tibillet_behaviour = fields.Selection(
        [
            ("sale", "Sale"),
            ("top_up", "Top-up desk"),
            ("kiosk", "Kiosk, without a cashier"),
            ("restaurant", "Restaurant"),
        ],
        "Behaviour",
        compute="_compute_tibillet_behaviour",
        inverse="_inverse_tibillet_behaviour",
        store=True,
        readonly=False,
        precompute=True,
        help="A top-up desk opens on the card desk and sells what fills cards alone. A kiosk lets people read and top up "
        "their card by themselves. A restaurant has tables.",
    )
    tibillet_cashier_login = fields.Boolean(
        "Cashier card", help="The till opens when a cashier taps their card, and each sale says who made it."
    )
    tibillet_lock_minutes = fields.Integer(
        "Lock after (minutes)",
        default=5,
        help="An idle till locks itself after this many minutes; 0 for never. Orders stay as they are.",
    )

    @api.depends("module_pos_restaurant")
    def _compute_tibillet_behaviour(self):
        """Tables make a restaurant, wherever they were asked for."""
        for config in self:
            if config.module_pos_restaurant:
                config.tibillet_behaviour = "restaurant"
            elif config.tibillet_behaviour in (False, "restaurant"):
                config.tibillet_behaviour = "sale"

    def _inverse_tibillet_behaviour(self):
        for config in self:
            is_restaurant = config.tibillet_behaviour == "restaurant"
            if config.module_pos_restaurant != is_restaurant:
                config.module_pos_restaurant = is_restaurant

    @api.constrains("tibillet_behaviour", "tibillet_cashier_login")
    def _check_tibillet_kiosk(self):
        if any(config.tibillet_behaviour == "kiosk" and config.tibillet_cashier_login for config in self):
            raise ValidationError(self.env._("A kiosk has no cashier: it cannot ask for a cashier card."))

    @api.constrains("tibillet_lock_minutes")
    def _check_tibillet_lock_minutes(self):
        if any(not 0 <= config.tibillet_lock_minutes <= LOCK_MINUTES for config in self):
            raise ValidationError(
                self.env._("A till locks after 1 to %s minutes without a touch, or 0 for never.", LOCK_MINUTES)
            )

    def write(self, vals):
        behaviour = vals.get("tibillet_behaviour")
        if behaviour and self.filtered(lambda till: till.has_active_session and till.tibillet_behaviour != behaviour):
            raise UserError(self.env._("Close this till before you change what it is for."))
        result = super().write(vals)
        if "tibillet_cashier_login" in vals:
            self.env.registry.clear_cache()
        return result


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_domain(self, data, config):
        """A top-up desk and a kiosk show what fills cards; the desk also takes cups back."""
        domain = Domain(super()._load_pos_data_domain(data, config))
        if config.tibillet_behaviour in CARDS_ONLY:
            domain &= Domain("tibillet_asset_id", "!=", False) | Domain("tibillet_deposit", "=", True)
        return list(domain)


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        for order in orders:
            self._tibillet_check_behaviour(order)
        return super().sync_from_ui(orders)

    @api.model
    def _tibillet_check_behaviour(self, order):
        """A till sells what it is for: nothing but cards at a desk, and at a kiosk by a payment terminal alone."""
        behaviour = self.env["pos.session"].browse(order.get("session_id")).sudo().exists().config_id.tibillet_behaviour
        if behaviour not in CARDS_ONLY:
            return
        lines = [command[2] for command in order.get("lines") or [] if command[0] in (0, 1)]
        products = self.env["product.product"].browse(line["product_id"] for line in lines if line.get("product_id"))
        other = products.filtered(
            lambda product: not (product.tibillet_asset_id or (behaviour == "top_up" and product.tibillet_deposit))
        )
        if other:
            raise UserError(self.env._("%s is not sold here: this till only fills cards.", other[0].display_name))
        payments = [command[2] for command in order.get("payment_ids") or [] if command[0] in (0, 1)]
        methods = self.env["pos.payment.method"].browse(
            payment["payment_method_id"] for payment in payments if payment.get("payment_method_id")
        )
        if behaviour == "kiosk" and not all(method._tibillet_pays_alone() for method in methods):
            raise UserError(self.env._("A kiosk takes bank cards by its payment terminal alone."))


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def _tibillet_pays_alone(self):
        """Whether a customer pays this way with nobody to watch."""
        self.ensure_one()
        return bool(self.use_payment_terminal) and self.use_payment_terminal != TERMINAL


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _load_pos_data_domain(self, data, config):
        """The till also knows the names of its cashiers."""
        cashiers = self.env["tibillet.cashier.card"].sudo().search([("config_ids", "in", config.ids)]).user_id
        return [("id", "in", [self.env.uid, *cashiers.ids])]

    @api.model
    def _load_pos_data_read(self, records, config):
        """The till's own user comes first: stock takes the first for the one who is logged in."""
        read_records = super()._load_pos_data_read(records.sorted(lambda user: user.id != self.env.uid), config)
        for record in read_records[1:]:
            record.pop("all_group_ids", None)
        return read_records
