import re
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_base.models.card import WitnessNeeded

from ..const import MAX_AMOUNT
from .till import Refusal, answering

KEY = re.compile(r"[0-9a-fA-F-]{8,64}")
REASON_LENGTH = 120


class Desk(NamedTuple):
    """One act at a card desk: where, who serves, which card lies on the reader, under which key it is done once."""

    session: models.Model
    place: models.Model
    cashier: models.Model
    card: models.Model
    key: str


class TibilletTill(models.AbstractModel):
    """The card desk: what a cashier does to a card, beside selling. One act a key: touched twice, it is done once."""

    _inherit = "tibillet.till"

    @api.model
    def _desk_card(self, session_id, tap):
        """Read a card for the desk, in whatever state it is.

        :return: ``{status: ok, card: {number, state, holder, place, is_local, refusal}, balances: […], moves: […],
            pay_back: {amount, text, kept: [text]}, top_ups: [{asset_id, name, product_id, bonus}],
            grants: [{asset_id, name, kind}]}`` or a refusal
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            card = self._tapped_card(tap)
            self._check_card(card, also=("blank", "lost", "blocked", "void"))
            answer.update(status="ok", **self._desk_shown(counter, card))
        return answer

    @api.model
    def _desk_history(self, session_id, tap):
        """The last fifty movements of a card.

        :return: ``{status: ok, moves: [{date, label, amount, text}]}`` or a refusal
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            card = self._tapped_card(tap)
            self._check_card(card, also=("blank", "lost", "blocked", "void"))
            answer.update(status="ok", moves=self._moves(card, 50))
        return answer

    @api.model
    def _desk_act(self, session_id, act, key, tap, values):
        """Do one act on the tapped card; asked again under the same key, the same answer and nothing more.

        :param act: top_up, pay_back, cash_back, give, link, replace, block, unblock or void
        :param values: what the act needs, as its method ``_desk_<act>`` says
        :return: ``{status: ok, receipt: {…}, …}`` with the card as :meth:`_desk_card` reads it, or a refusal
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            self._check_desk_request(act, key, values)
            card = self._tapped_card(tap)
            desk = self._desk(counter, card, key)
            done = self.env["tibillet.till.act"]._of_key(key) or self._desk_do(desk, act, values)
            if done.session_id.id != session_id or done.card_number != card.number:
                raise Refusal("request", self.env._("This act was done on another card. Tap the card again."))
            answer.update(status="ok", receipt=self._desk_receipt(done), **self._desk_shown(counter, card))
        return answer

    # --- who asks, and for what -------------------------------------------------------------------------------------

    def _desk(self, counter, card, key):
        session = self.env["pos.session"].browse(counter.session_id)
        place = self.env["tibillet.place"].sudo().browse(counter.place_id)
        return Desk(session, place, self._desk_cashier(session), card, key)

    def _desk_cashier(self, session):
        """Who serves: the cashier who tapped in, else the user."""
        return self._seated(session.config_id.id).user_id or self.env.user

    def _check_desk_request(self, act, key, values):
        if (
            not isinstance(act, str)
            or act not in self._desk_acts()
            or not isinstance(key, str)
            or not KEY.fullmatch(key)
        ):
            raise Refusal("request", self.env._("The till sent an incomplete act. Reload the page."))
        if not isinstance(values, dict) or values.keys() - self._desk_acts()[act]:
            raise Refusal("request", self.env._("The till sent an incomplete act. Reload the page."))

    def _desk_acts(self):
        """{act: names of the values that it takes}."""
        return {
            "top_up": {"asset_id", "amount", "payment_method_id"},
            "pay_back": {"amount", "payment_method_id"},
            "cash_back": {"amount", "approval"},
            "give": {"asset_id", "amount", "reason", "approval"},
            "link": {"partner_id", "person", "witness"},
            "replace": {"number", "approval"},
            "block": set(),
            "unblock": {"approval"},
            "void": {"approval"},
        }

    def _desk_do(self, desk, act, values):
        """Do the act whole, or leave nothing of it but the log of its refusal; returns what was logged."""
        try:
            with self.env.cr.savepoint():
                self._check_desk_card(desk, act)
                return getattr(self, f"_desk_{act}")(desk, **values)
        except Refusal as refusal:
            self._desk_log_refusal(desk, refusal.answer["message"])
            raise
        except UserError as error:
            self._desk_log_refusal(desk, str(error))
            raise Refusal("witness" if isinstance(error, WitnessNeeded) else "refused", str(error)) from error
        except ledger.LedgerError as error:
            message = self._desk_ledger_refusal(error)
            self._desk_log_refusal(desk, message)
            raise Refusal("refused", message) from error

    def _desk_log(self, desk, kind, **values):
        """Log the act before it is done: of two touches at once, the second stops here."""
        values = {"card_number": desk.card.number, "cashier_id": desk.cashier.id, "key": desk.key, **values}
        logged = self.env["tibillet.till.act"]._log(desk.session, kind, **values)
        if not logged:
            raise Refusal("busy", self.env._("This act is under way. Read the card again."))
        return logged

    def _desk_log_refusal(self, desk, message):
        self.env["tibillet.till.act"]._log(
            desk.session,
            "refused",
            card_number=desk.card.number,
            cashier_id=desk.cashier.id,
            reason=message[:REASON_LENGTH],
        )

    def _desk_ledger_refusal(self, error):
        match error:
            case ledger.Insufficient():
                return self.env._("The card no longer holds this amount. Read it again.")
            case ledger.CeilingPassed():
                return self.env._("This passes the highest balance that a card may hold.")
            case _:
                return self.env._("A payment is under way on this card: finish or cancel it first.")

    # --- rules that acts share --------------------------------------------------------------------------------------

    def _check_desk_card(self, desk, act):
        """Refuse cards out of use, and a cashier's own."""
        also = {"unblock": ("blocked",), "void": ("blank", "blocked", "lost")}.get(act, ("blank",))
        self._check_card(desk.card, also)
        if act not in ("top_up", "block"):
            self._check_not_own(desk.card, desk.cashier | self.env.user)

    def _check_not_own(self, card, users):
        """Nobody gives, pays back or opens their own card."""
        cashier_card = self.env["tibillet.cashier.card"]._of_card(card)
        holder = card.partner_id or card.lost_partner_id
        if cashier_card.user_id & users or (holder and holder in users.sudo().partner_id):
            raise Refusal("own", self.env._("This is your own card. Ask a colleague to do it."))

    def _check_local(self, card, place):
        """What ends or opens a card belongs to the venue that gave it out."""
        if card.place_id != place:
            raise Refusal(
                "place", self.env._("This card comes from %(place)s: only they may do this.", place=card.place_id.name)
            )

    def _check_minor(self, amount):
        if type(amount) is not int or not 0 < amount <= MAX_AMOUNT:
            raise Refusal("amount", self.env._("Choose an amount above zero."))

    def _desk_approved(self, desk, approval):
        """The manager (res.users) who approves; not for their own card."""
        approver = self._approved(desk.session.id, approval)
        self._check_not_own(desk.card, approver)
        return approver
