from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, formatLang

SHAPE = frozenset(("kind", "currency_id", "decimal_places"))


class TibilletAsset(models.Model):
    _name = "tibillet.asset"
    _description = "Asset"
    _inherit = ["mail.thread", "image.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(required=True, help="Short code on statements, e.g. EUR, GIFT, HOURS.")
    kind = fields.Selection(
        [("money", "Money"), ("gift", "Gift"), ("time", "Time"), ("loyalty", "Loyalty points")],
        required=True,
        default="money",
    )
    place_id = fields.Many2one("tibillet.place", "Issuer", required=True, ondelete="restrict", index=True)
    currency_id = fields.Many2one(
        "res.currency", ondelete="restrict", help="Of money and gift: what one unit is worth."
    )
    decimal_places = fields.Integer(
        compute="_compute_decimal_places",
        store=True,
        readonly=False,
        precompute=True,
        help="Digits after the point: the ledger counts in the smallest unit, cents or points or minutes.",
    )
    unit_name = fields.Char(help="What one unit is called, e.g. points.")
    symbol = fields.Char(help="Shown after the amount, e.g. pts.")
    refundable = fields.Boolean(tracking=True, help="The holder may have the balance paid back.")
    expiry_months = fields.Integer(tracking=True, help="Months without use after which a balance expires; 0 for never.")
    ceiling = fields.Integer(
        "Ceiling (smallest unit)",
        tracking=True,
        help="Highest balance of one holder, in the smallest unit; 0 for none.",
    )
    ceiling_amount = fields.Float(
        "Ceiling",
        compute="_compute_ceiling_amount",
        inverse="_inverse_ceiling_amount",
        digits=(16, 2),
        help="Highest balance of one holder; 0 for none.",
    )
    sequence = fields.Integer(default=10, help="Among assets of the same rank, the lowest is drawn on first.")
    active = fields.Boolean(default=True, tracking=True)
    share_ids = fields.One2many("tibillet.federation.share", "asset_id", "Shared with")

    circulating_text = fields.Char("In circulation", compute="_compute_circulating")
    held_text = fields.Char("Held by payments under way", compute="_compute_circulating")
    holder_count = fields.Integer("Holders", compute="_compute_circulating")

    _name_unique = models.UniqueIndex("(place_id, name) WHERE active", "This place already has an asset of this name.")
    _code_unique = models.UniqueIndex(
        "(place_id, code) WHERE active", "This place already has an asset with this code."
    )
    _ceiling_floor = models.Constraint("CHECK (ceiling >= 0)", "A ceiling cannot be negative.")
    _expiry_floor = models.Constraint("CHECK (expiry_months >= 0)", "A delay cannot be negative.")
    _decimals_range = models.Constraint("CHECK (decimal_places BETWEEN 0 AND 6)", "An asset has 0 to 6 decimal places.")
    _currency_of_money = models.Constraint(
        "CHECK (kind NOT IN ('money', 'gift') OR currency_id IS NOT NULL)",
        "Money and gift need a currency.",
    )

    @api.depends("kind", "currency_id")
    def _compute_decimal_places(self):
        for asset in self:
            counted = asset.kind in ("money", "gift") and asset.currency_id
            asset.decimal_places = asset.currency_id.decimal_places if counted else 0

    @api.depends("ceiling", "decimal_places")
    def _compute_ceiling_amount(self):
        for asset in self:
            asset.ceiling_amount = asset.ceiling / 10**asset.decimal_places

    def _inverse_ceiling_amount(self):
        for asset in self:
            asset.ceiling = round(asset.ceiling_amount * 10**asset.decimal_places)

    def _compute_circulating(self):
        """Sums over the balances that the user may read: the issuer sees them all."""
        sums = {
            asset.id: (int(amount), int(held), count)
            for asset, amount, held, count in self.env["tibillet.ledger.balance"]._read_group(
                [("asset_id", "in", self.ids), ("amount", "!=", 0)],
                ["asset_id"],
                ["amount:sum", "held:sum", "__count"],
            )
        }
        for asset in self:
            amount, held, asset.holder_count = sums.get(asset.id, (0, 0, 0))
            asset.circulating_text = asset.format(amount)
            asset.held_text = asset.format(held) if held else False

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self._check_shape(vals)
        if not vals.keys().isdisjoint(("active", "sequence", "kind", "place_id", "name")):
            self.env.registry.clear_cache()
        return super().write(vals)

    def _check_shape(self, vals):
        """What a unit is cannot change under those who hold it; whose it is never does."""
        if "place_id" in vals and any(asset.place_id.id != vals["place_id"] for asset in self):
            raise UserError(self.env._("An asset stays with its issuer: make a new one for the other place."))
        if SHAPE.isdisjoint(vals):
            return
        if self.env["tibillet.ledger.posting"].sudo().search_count([("asset_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("This asset has been used: its kind and unit can no longer change."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An asset stands in the ledger for good: archive it instead."))

    def _debit_rank(self, place):
        """Default place in the debit order at `place`: gift, local money, federated money, then what is not money."""
        if self.kind == "money":
            return 1 if self.place_id == place else 2
        return {"gift": 0, "time": 3, "loyalty": 4}[self.kind]

    def format(self, amount):
        """`amount` (int, smallest unit) as people read it: "12,50 €", "3 h 30", "12 pts"."""
        self.ensure_one()
        if self.kind == "time":
            sign, minutes = "-" if amount < 0 else "", abs(amount)
            return f"{sign}{minutes // 60} h {minutes % 60:02d}"
        value = amount / 10**self.decimal_places
        if self.currency_id:
            return format_amount(self.env, value, self.currency_id)
        number = formatLang(self.env, value, digits=self.decimal_places)
        return f"{number} {self.symbol or self.unit_name or self.code}"

    def action_open_balances(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_base.action_balance")
        return {**action, "domain": [("asset_id", "=", self.id), ("amount", "!=", 0)]}

    def action_open_places(self):
        """What the places have taken: the issuer sees them all, another venue its own line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_base.action_ledger_report")
        return {
            **action,
            "name": self.env._("%s at the places", self.name),
            "views": [[False, "pivot"], [False, "graph"], [False, "list"]],
            "domain": [("asset_id", "=", self.id), ("side", "=", "place")],
            "context": {
                "pivot_row_groupby": ["wallet_id"],
                "pivot_column_groupby": ["kind"],
                "pivot_measures": ["value"],
            },
        }
