from odoo import models
from odoo.tools import email_normalize

from odoo.addons.tibillet_base import ledger

from ..const import row_id
from .till import Refusal
from .till_desk import REASON_LENGTH


class TibilletTill(models.AbstractModel):
    """Acts of the desk that change a card: give, link, replace, block, void. Who asks is checked here, the rest there."""

    _inherit = "tibillet.till"

    def _desk_give(self, desk, asset_id=None, amount=None, reason=None, approval=None):
        """Credit `amount` (minor units, minutes) of this venue's gift or time, with a reason and a manager's word."""
        self._check_minor(amount)
        asset = self._grantable(desk.place).filtered(lambda asset: asset.id == asset_id)
        if not asset:
            raise Refusal("asset", self.env._("This venue does not give this away."))
        reason = reason.strip() if isinstance(reason, str) else ""
        if not 0 < len(reason) <= REASON_LENGTH:
            raise Refusal("reason", self.env._("Say why it is given."))
        approver = self._desk_approved(desk, approval)
        act = self._desk_log(desk, asset.kind, asset_id=asset.id, amount=amount, approver_id=approver.id, reason=reason)
        desk.card._activate()
        self._desk_post(desk, "issue", [(asset, amount)], reason)
        return act

    def _desk_link(self, desk, partner_id=None, person=None, witness=None):
        """Give the card to a person; what it holds moves into their wallet.

        :param person: ``{name, email}`` of somebody new; an e-mail that is known is that person
        :param witness: tap of a card that they already have
        """
        partner = self._desk_person(partner_id, person)
        if partner in (desk.cashier | self.env.user).sudo().partner_id:
            raise Refusal("own", self.env._("A card is not linked to oneself. Ask a colleague to do it."))
        act = self._desk_log(desk, "link", reason=partner.name[:REASON_LENGTH])
        desk.card._link(partner, witness=self._tapped_card(witness) if witness else None)
        return act

    def _desk_replace(self, desk, number=None, approval=None):
        """The card on the reader replaces a lost one: its holder, all that was on it."""
        lost = self.env["tibillet.card"].sudo().search([("number", "=", number)]) if isinstance(number, str) else None
        if not lost:
            raise Refusal("unknown", self.env._("No card bears this number. Check what is printed on it."))
        for card in (lost, desk.card):
            self._check_local(card, desk.place)
        self._check_not_own(lost, desk.cashier | self.env.user)
        approver = self._desk_approved(desk, approval)
        self._check_not_own(lost, approver)
        act = self._desk_log(desk, "replace", approver_id=approver.id, reason=lost.number)
        if lost.state != "lost":
            lost._declare_lost()
        lost._replace(desk.card)
        return act

    def _desk_block(self, desk):
        """Anybody who serves may stop a card, at once."""
        self._check_local(desk.card, desk.place)
        act = self._desk_log(desk, "block")
        desk.card._block()
        return act

    def _desk_unblock(self, desk, approval=None):
        self._check_local(desk.card, desk.place)
        approver = self._desk_approved(desk, approval)
        act = self._desk_log(desk, "unblock", approver_id=approver.id)
        desk.card._unblock()
        return act

    def _desk_void(self, desk, approval=None):
        """Take the card out of use for good. Money must be paid back first; gift, time and points of a nobody's card go."""
        self._check_local(desk.card, desk.place)
        approver = self._desk_approved(desk, approval)
        act = self._desk_log(desk, "void", approver_id=approver.id)
        rest = desk.card.wallet_id.balance_ids.filtered(
            lambda balance: balance.amount > 0 and balance.asset_id.kind != "money"
        )
        if rest:
            wallet = desk.card.wallet_id
            self._desk_post(desk, "void", [(balance.asset_id, -balance.amount) for balance in rest], None, wallet)
            rest.invalidate_recordset()
        desk.card._void()
        return act

    def _desk_post(self, desk, kind, parts, reason, wallet=None):
        """Move assets between their issuers and the card; [(asset, minor units)], negative from the card."""
        wallet = wallet or desk.card._wallet()
        lines = []
        for asset, amount in parts:
            lines += [
                ledger.Line(asset.place_id.wallet_id.id, asset.id, -amount),
                ledger.Line(wallet.id, asset.id, amount),
            ]
        entry = ledger.Entry(f"till.desk:{desk.key}", kind, desk.place.id, tuple(lines), reason)
        self.env["tibillet.ledger.transaction"]._post([entry])

    def _desk_person(self, partner_id, person):
        """The person (sudo) that a card is linked to, made when new."""
        partners = self.env["res.partner"].sudo()
        if row_id(partner_id):
            partner = partners.search([("id", "=", partner_id), ("company_id", "in", [False, self.env.company.id])])
            if partner:
                return partner
        name = (person or {}).get("name") if isinstance(person, dict | None) else None
        email = email_normalize((person or {}).get("email") or "") if isinstance(name, str) else None
        if not email:
            raise Refusal("person", self.env._("Type the name and the e-mail of the person."))
        known = partners.search([("email_normalized", "=", email), ("is_company", "=", False)], limit=1)
        if known:
            return known
        if not name.strip():
            raise Refusal("person", self.env._("Type the name and the e-mail of the person."))
        return partners.create({"name": name.strip()[:80], "email": email, "lang": self.env.lang})
