from odoo import api, fields, models

from .. import ledger


class TibilletWallet(models.Model):
    _name = "tibillet.wallet"
    _description = "Wallet"
    _rec_name = "display_name"
    _order = "id desc"

    partner_id = fields.Many2one("res.partner", string="Person", ondelete="restrict", index=True)
    card_id = fields.Many2one("tibillet.card", string="Anonymous card", ondelete="restrict", index=True)
    place_id = fields.Many2one("tibillet.place", string="Place", ondelete="restrict", index=True)
    pseudonym = fields.Char(help="Stands for a holder whose personal data was erased.", index="btree_not_null")
    owner_kind = fields.Selection(
        [("partner", "Person"), ("card", "Anonymous card"), ("place", "Place"), ("pseudonym", "Erased holder")],
        string="Held by",
        compute="_compute_owner_kind",
        store=True,
    )
    balance_ids = fields.One2many("tibillet.ledger.balance", "wallet_id", string="Balances")
    posting_ids = fields.One2many("tibillet.ledger.posting", "wallet_id", string="Movements")

    _one_owner = models.Constraint(
        "CHECK (num_nonnulls(partner_id, card_id, place_id, pseudonym) = 1)",
        "A wallet belongs to exactly one of a person, a card, a place or an erased holder.",
    )
    _partner_once = models.UniqueIndex("(partner_id) WHERE partner_id IS NOT NULL", "This person has a wallet already.")
    _card_once = models.UniqueIndex("(card_id) WHERE card_id IS NOT NULL", "This card has a wallet already.")
    _place_once = models.UniqueIndex("(place_id) WHERE place_id IS NOT NULL", "This place has a wallet already.")

    @api.depends("partner_id", "card_id", "place_id")
    def _compute_owner_kind(self):
        for wallet in self:
            wallet.owner_kind = next(
                (kind for kind in ("partner", "card", "place") if wallet[f"{kind}_id"]), "pseudonym"
            )

    @api.depends("partner_id.name", "card_id.number", "place_id.name", "pseudonym")
    def _compute_display_name(self):
        for wallet in self:
            wallet.display_name = (
                wallet.partner_id.name or wallet.card_id.number or wallet.place_id.name or wallet.pseudonym
            )

    @api.model
    def _for_partner(self, partner):
        """Return the person's wallet, opened at first need."""
        return self._open_once("partner_id", partner)

    @api.model
    def _for_place(self, place):
        """Return the place's wallet, opened at first need: it is paid, and it issues."""
        return self._open_once("place_id", place)

    @api.model
    def _for_card(self, card):
        """Return the card's own anonymous wallet, opened at first need."""
        wallet = self._open_once("card_id", card)
        if card.wallet_id != wallet:
            card.sudo().wallet_id = wallet
        return wallet

    def _open_once(self, column, owner):
        wallets = self.sudo()
        return wallets.search([(column, "=", owner.id)], limit=1) or wallets.create({column: owner.id})

    def _amounts(self):
        """Return {asset id: (amount, held)} of one wallet, in minor units, read from the ledger at this moment."""
        self.ensure_one()
        self.env.flush_all()
        return ledger.balances(self.env.cr, self.id)

    def _merge_into(self, target, place, key):
        """Move every asset of this wallet into another in one transaction; debts follow their holder."""
        self.ensure_one()
        self.env.flush_all()
        receipt = ledger.merge(self.env.cr, key, self.id, target.id, place.id)
        self.env["tibillet.ledger.transaction"]._forget_cache()
        return receipt
