import uuid

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from .. import keyring


class TibilletPlace(models.Model):
    _name = "tibillet.place"
    _description = "Place"
    _inherit = ["mail.thread", "avatar.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True)
    slug = fields.Char(
        required=True,
        compute="_compute_slug",
        store=True,
        readonly=False,
        precompute=True,
        help="Short name in web addresses: lower-case letters, digits and hyphens.",
    )
    uuid = fields.Char(required=True, readonly=True, copy=False, default=lambda self: str(uuid.uuid4()))
    active = fields.Boolean(default=True)
    category = fields.Selection(
        [
            ("venue", "Venue"),
            ("festival", "Festival"),
            ("association", "Association"),
            ("artist", "Artist"),
            ("network", "Network"),
        ],
        required=True,
        default="venue",
    )
    company_id = fields.Many2one(
        "res.company",
        ondelete="restrict",
        index=True,
        tracking=True,
        help="Legal venue: its journals, taxes and tills. Empty when the place lives on another server.",
    )
    description = fields.Text(help="What the place is, in a few words for the public.")
    url = fields.Char("Website")
    email = fields.Char()
    public_key = fields.Char(
        readonly=True, copy=False, help="Ed25519, hexadecimal. Peers check this place's signature with it."
    )
    wallet_id = fields.Many2one("tibillet.wallet", readonly=True, copy=False, ondelete="restrict")
    asset_ids = fields.One2many("tibillet.asset", "place_id", "Own assets")
    member_ids = fields.One2many("tibillet.federation.member", "place_id", "Memberships")
    federation_ids = fields.Many2many("tibillet.federation", compute="_compute_federation_ids")
    excluded_asset_ids = fields.Many2many(
        "tibillet.asset",
        "tibillet_place_excluded_asset_rel",
        "place_id",
        "asset_id",
        "Refused assets",
        help="Shared by a federation of this place, but not taken here.",
    )
    accepted_asset_ids = fields.Many2many("tibillet.asset", string="Taken here", compute="_compute_accepted_asset_ids")
    shared_asset_ids = fields.Many2many(
        "tibillet.asset", string="Shared with this place", compute="_compute_accepted_asset_ids"
    )
    card_count = fields.Integer("Number of cards", compute="_compute_card_count")
    debit_order_ids = fields.One2many("tibillet.debit.order", "place_id", "Debit order")

    _slug_unique = models.UniqueIndex("(slug)", "Another place already has this short name.")
    _uuid_unique = models.UniqueIndex("(uuid)", "Another place already has this identifier.")
    _company_unique = models.UniqueIndex(
        "(company_id) WHERE active AND company_id IS NOT NULL",
        "This company already has a place.",
    )
    _slug_shape = models.Constraint(
        "CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')",
        "A short name holds lower-case letters, digits and hyphens.",
    )

    @api.depends("name")
    def _compute_slug(self):
        for place in self:
            place.slug = place.slug or self.env["ir.http"]._slugify(place.name or "") or False

    @api.depends("member_ids.state")
    def _compute_federation_ids(self):
        for place in self:
            place.federation_ids = place.member_ids.filtered(lambda member: member.state == "accepted").federation_id

    @api.depends("asset_ids.active", "member_ids.state", "excluded_asset_ids", "debit_order_ids.sequence")
    def _compute_accepted_asset_ids(self):
        for place in self:
            place.accepted_asset_ids = place._origin._accepted_assets() if place._origin else False
            place.shared_asset_ids = place.sudo().federation_ids.share_ids.asset_id - place.asset_ids

    def _compute_card_count(self):
        counts = dict(self.env["tibillet.card"]._read_group([("place_id", "in", self.ids)], ["place_id"], ["__count"]))
        for place in self:
            place.card_count = counts.get(place, 0)

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        for place in places.filtered("company_id"):
            place.public_key = keyring.public_key(place.uuid)
        for place in places:
            place.wallet_id = self.env["tibillet.wallet"]._for_place(place)
        self.env.registry.clear_cache()
        return places

    def write(self, vals):
        if (
            "company_id" in vals
            and not self.env.su
            and not self.env.user.has_group("tibillet_base.group_network_manager")
        ):
            raise AccessError(self.env._("Only the network manager ties a place to a company."))
        result = super().write(vals)
        if not vals.keys().isdisjoint(("active", "excluded_asset_ids", "debit_order_ids")):
            self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A place stands in the ledger for good: archive it instead."))

    @tools.ormcache("self.id")
    def _accepted_asset_ids(self):
        """Ids (tuple) of the assets taken here, in the order a payment draws on them.

        Accepted = own ∪ shared by the federations it has joined − refused, active only.
        """
        place = self.sudo()
        shared = place.federation_ids.share_ids.asset_id
        assets = ((place.asset_ids | shared) - place.excluded_asset_ids).filtered("active")
        chosen = {line.asset_id: rank for rank, line in enumerate(place.debit_order_ids)}
        return tuple(
            assets.sorted(
                lambda asset: (
                    chosen.get(asset, len(chosen)),
                    asset._debit_rank(place),
                    asset.sequence,
                    asset.id,
                )
            ).ids
        )

    def _is_run_by_user(self):
        """Whether the user runs this place: its company's manager, or the network's."""
        self.ensure_one()
        user = self.env.user
        if self.env.su or user.has_group("tibillet_base.group_network_manager"):
            return True
        company = self.sudo().company_id
        return bool(company) and company in self.env.companies and user.has_group("tibillet_base.group_manager")

    def _check_manager(self):
        """AccessError unless the user runs these places."""
        for place in self:
            if not place._is_run_by_user():
                raise AccessError(self.env._("Only a manager of %s may do that.", place.sudo().name))

    def _contact_email(self):
        place = self.sudo()
        return place.email or place.company_id.email

    def _accepted_assets(self):
        """The assets taken here, in debit order, readable by whoever serves the tap."""
        return self.env["tibillet.asset"].sudo().browse(self._accepted_asset_ids())

    def _register_hook(self):
        """Without its keyring no card can be read: refuse to serve rather than refuse every tap."""
        super()._register_hook()
        known = set(keyring.key_ids())
        self.env.cr.execute("SELECT DISTINCT key_id FROM tibillet_card WHERE key_id IS NOT NULL")
        missing = {kid for [kid] in self.env.cr.fetchall()} - known
        if missing:
            raise keyring.KeyringError(
                f"TiBillet's keyring {keyring.path()} lacks the key(s) {', '.join(sorted(missing))} of this "
                "database's cards. Restore the keyring that was saved with it."
            )

    def action_open_cards(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_base.action_card")
        return {**action, "domain": [("place_id", "=", self.id)], "context": {}}

    def action_open_wallet(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.wallet",
            "res_id": self.wallet_id.id,
            "view_mode": "form",
        }
