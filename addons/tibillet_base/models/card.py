from odoo import api, fields, models
from odoo.exceptions import UserError

# Where a card may come from to reach a state.
TRANSITIONS = {
    "active": ("blank", "lost", "blocked"),
    "blocked": ("blank", "active"),
    "lost": ("blank", "active", "blocked"),
    "void": ("blank", "active", "lost", "blocked"),
}


class WitnessNeeded(UserError):
    """A person who has a card and a balance must show that card before they get another."""


class TibilletCard(models.Model):
    _name = "tibillet.card"
    _description = "Card"
    _inherit = ["mail.thread"]
    _rec_name = "number"
    _order = "number"
    _mail_post_access = "read"

    number = fields.Char(required=True, readonly=True, help="The eight characters printed on the card.")
    qr_uuid = fields.Char("QR code", required=True, readonly=True)
    qr_url = fields.Char("QR address", compute="_compute_qr_url")
    batch_id = fields.Many2one("tibillet.card.batch", required=True, readonly=True, ondelete="restrict", index=True)
    place_id = fields.Many2one(related="batch_id.place_id", store=True, index=True)
    state = fields.Selection(
        [("blank", "Blank"), ("active", "Active"), ("lost", "Lost"), ("blocked", "Blocked"), ("void", "Void")],
        required=True,
        readonly=True,
        default="blank",
        tracking=True,
        index=True,
        group_expand=True,
    )
    partner_id = fields.Many2one("res.partner", "Holder", readonly=True, ondelete="restrict", index="btree_not_null")
    wallet_id = fields.Many2one(
        "tibillet.wallet",
        "Own wallet",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Holds what was put on the card while it belonged to nobody.",
    )
    lost_partner_id = fields.Many2one(
        "res.partner",
        "Lost by",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="Who held the card when it was declared lost: the replacement goes to them.",
    )
    payer_wallet_id = fields.Many2one(
        "tibillet.wallet", "Pays from", compute="_compute_payer_wallet_id", compute_sudo=True
    )
    balance_ids = fields.Many2many("tibillet.ledger.balance", string="Balances", compute="_compute_balance_ids")
    replaced_by_id = fields.Many2one("tibillet.card", "Replaced by", readonly=True, copy=False, ondelete="restrict")

    _number_unique = models.UniqueIndex("(number)", "Another card already bears this number.")
    _qr_unique = models.UniqueIndex("(qr_uuid)", "Another card already bears this QR code.")
    _number_shape = models.Constraint(
        "CHECK (number ~ '^[A-Z0-9]{8}$')", "A printed number is eight letters or digits."
    )
    _holder_of_a_live_card = models.Constraint(
        "CHECK (partner_id IS NULL OR state IN ('active', 'blocked'))",
        "Only an active or blocked card has a holder.",
    )

    @api.depends("qr_uuid", "batch_id.qr_base_url")
    def _compute_qr_url(self):
        for card in self:
            base = card.batch_id.qr_base_url or card.get_base_url()
            card.qr_url = f"{base.rstrip('/')}/qr/{card.qr_uuid}"

    @api.depends("partner_id", "wallet_id")
    def _compute_payer_wallet_id(self):
        for card in self:
            card.payer_wallet_id = card.partner_id.tibillet_wallet_ids if card.partner_id else card.wallet_id

    @api.depends("payer_wallet_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_balance_ids(self):
        """What lies behind the card, of the assets that the user's venues issue."""
        for card in self:
            card.balance_ids = self.env["tibillet.ledger.balance"].search(
                [("wallet_id", "=", card.payer_wallet_id.id), ("wallet_id", "!=", False), ("amount", "!=", 0)],
            )

    def write(self, vals):
        if "state" in vals:
            self._check_transition(vals["state"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A card keeps its history: void it instead."))

    def _check_transition(self, state):
        label = dict(self._fields["state"]._description_selection(self.env))
        for card in self:
            if card.state != state and card.state not in TRANSITIONS.get(state, ()):
                raise UserError(
                    self.env._(
                        "Card %(number)s is “%(old)s”: it cannot become “%(new)s”.",
                        number=card.number,
                        old=label[card.state],
                        new=label[state],
                    )
                )

    def _refusal(self):
        """Why this card cannot pay, as (code, sentence), or None.

        Codes: unknown, ambiguous, blank, lost, blocked, void. A blank card may still be topped up, which activates it.
        """
        if not self:
            return "unknown", self.env._("This card is not known here. Is it one of the network's?")
        if len(self) > 1:
            return "ambiguous", self.env._(
                "Several cards answer to this chip. Ask a manager to bind it to its printed number."
            )
        return {
            "blank": ("blank", self.env._("This card is new. Top it up first.")),
            "lost": ("lost", self.env._("This card was declared lost. Keep it and call a manager.")),
            "blocked": ("blocked", self.env._("This card is blocked. Call a manager.")),
            "void": ("void", self.env._("This card is void. Give its holder a new one.")),
        }.get(self.state)

    def _wallet(self):
        """The wallet (sudo) this card pays from: its holder's, else its own; made at need."""
        self.ensure_one()
        card = self.sudo()
        wallets = self.env["tibillet.wallet"].sudo()
        if card.partner_id:
            return wallets._for_partner(card.partner_id)
        return card.wallet_id or wallets._for_card(card)

    def _activate(self):
        """First use of a blank card; an active one stays as it is."""
        self.sudo().filtered(lambda card: card.state == "blank").write({"state": "active"})

    # Holder

    def _link(self, partner, witness=None):
        """Give this card to `partner`: what it holds moves into the person's wallet, every asset at once.

        Linking to the same person again changes nothing. `witness`: a card of that person read just now, which
        lets them have a second card. UserError: someone else's card, a card out of use, a suspected theft.
        """
        self.ensure_one()
        card, partner = self.sudo(), partner.sudo()
        if card.partner_id and card.partner_id != partner:
            raise UserError(self.env._("This card already belongs to someone else."))
        if card.state not in ("blank", "active"):
            raise UserError(card._refusal()[1])
        card._check_theft(partner, witness)
        card._attach(partner)

    def _check_theft(self, partner, witness):
        """A stranger's card tied to a person who has a card and money would spend that money."""
        live = partner.tibillet_card_ids.filtered(lambda card: card.state in ("active", "blocked")) - self
        if self.partner_id or not live or (witness and witness in live):
            return
        if self.env["tibillet.wallet"].sudo()._for_partner(partner)._holds():
            raise WitnessNeeded(
                self.env._(
                    "This person already has a card and a balance. Tap the card they have, or declare it lost first."
                )
            )

    def _attach(self, partner):
        """Tie the card to its holder; the row is written before the money moves, so that two tills queue on it."""
        own = self.wallet_id
        if self.partner_id != partner:
            self.write({"state": "active", "partner_id": partner.id, "lost_partner_id": False})
            self.message_post(body=self.env._("Linked to its holder."))
        self.flush_recordset()
        if own:
            own._empty_into(self._wallet(), self._place_of_act())

    def _place_of_act(self):
        return self.env.company.tibillet_place_id or self.place_id

    # Life of the card

    def _declare_lost(self):
        """The card stops paying; a holder's money stays in their wallet, an anonymous card's on the card."""
        for card in self.sudo():
            card.write({"state": "lost", "partner_id": False, "lost_partner_id": card.partner_id.id})

    def _replace(self, new):
        """Give `new` to whoever lost this card, with all that was on it. UserError when `new` is not free."""
        self.ensure_one()
        old, new = self.sudo(), new.sudo()
        if old.state != "lost" or old.replaced_by_id:
            raise UserError(self.env._("Card %s is not waiting for a replacement.", old.number))
        if new == old or new.partner_id or new.state not in ("blank", "active"):
            raise UserError(self.env._("Card %s is not free: take a new one.", new.number))
        old.replaced_by_id = new
        new._activate()
        if old.lost_partner_id:
            new._attach(old.lost_partner_id)
        if old.wallet_id:
            old.wallet_id._empty_into(new._wallet(), new._place_of_act())
        old.message_post(body=self.env._("Replaced by card %s.", new.number))
        new.message_post(body=self.env._("Replaces the lost card %s.", old.number))

    def _void(self):
        """Take the card out of use for good. UserError while money lies on it: it would be out of reach."""
        for card in self.sudo():
            if card.wallet_id._holds():
                raise UserError(
                    self.env._(
                        "Card %(number)s still holds %(balance)s: pay it back or move it first.",
                        number=card.number,
                        balance=card.wallet_id._holds(),
                    )
                )
            card.write({"state": "void", "partner_id": False})

    def _block(self):
        """The card stops paying until it is unblocked; its holder and what lies on it stay."""
        self.sudo().write({"state": "blocked"})

    def _unblock(self):
        """A blocked card serves again. UserError for any other."""
        if self.sudo().filtered(lambda card: card.state != "blocked"):
            raise UserError(self.env._("Only a blocked card is unblocked."))
        self.sudo().write({"state": "active"})

    # Acts of the back office: rights first, then the rule

    def _check_manager(self):
        """AccessError unless the user runs the venue that issued these cards."""
        self.check_access("read")
        self.place_id._check_manager()

    def action_block(self):
        self._check_manager()
        self._block()

    def action_unblock(self):
        self._check_manager()
        self._unblock()

    def action_declare_lost(self):
        """By the holder or a manager."""
        if self.sudo().partner_id != self.env.user.partner_id:
            self._check_manager()
        self._declare_lost()

    def action_found(self):
        """A lost card came back before it was replaced: it serves again, with what lay on it."""
        self._check_manager()
        for card in self.sudo():
            if card.state != "lost" or card.replaced_by_id:
                raise UserError(self.env._("Card %s was replaced: void it.", card.number))
            card.write({"state": "active", "lost_partner_id": False})

    def action_void(self):
        self._check_manager()
        self._void()

    def action_bind_chip(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "tibillet_base.chip_dialog",
            "name": self.env._("Bind the chip"),
            "params": {"mode": "bind", "card_id": self.id, "number": self.number},
        }

    def action_open_wallet(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Wallet of card %s", self.number),
            "res_model": "tibillet.wallet",
            "res_id": self._wallet().id,
            "view_mode": "form",
        }
