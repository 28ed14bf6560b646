from odoo import api, models, tools
from odoo.http import request

from ..const import row_id
from .till import Refusal, answering

# Key of the HTTP session: {pos.config id: cashier card id} of who is seated at the tills of this browser.
SEATS = "tibillet_seats"


class TibilletTill(models.AbstractModel):
    """Who stands at the till: where a till asks for a cashier card, no act without one that is valid now.

    The seat is kept in the HTTP session, which a page cannot write: a till cannot claim another cashier.
    """

    _inherit = "tibillet.till"

    @api.model
    def _login(self, session_id, tap):
        """Seat the cashier whose card is tapped.

        :return: ``{status: ok, cashier: {id, name, manager}}`` or a refusal with what to do
        """
        answer = {}
        with answering(answer):
            session = self._standing_session(session_id)
            card = self._tapped_card(tap)
            cashier_card = self.env["tibillet.cashier.card"]._of_card(card)
            refusal = card._refusal() if len(card) != 1 else cashier_card._refusal(session.config_id)
            user = cashier_card.user_id or self.env.user
            acts = self.env["tibillet.till.act"]
            log = {"card_number": card.number if len(card) == 1 else False, "cashier_id": user.id}
            if refusal:
                acts._log(session, "refused", reason=refusal[1], **log)
                raise Refusal(*refusal)
            acts._log(session, "login", **log)
            self._sit(session.config_id, cashier_card)
            answer.update(status="ok", cashier={"id": user.id, "name": user.name, "manager": cashier_card.manager})
        return answer

    @api.model
    def _logout(self, session_id):
        """Leave the till: the next act asks for a card.

        :return: ``{status: ok}`` or a refusal
        """
        answer = {}
        with answering(answer):
            self._sit(self._standing_session(session_id).config_id, None)
            answer["status"] = "ok"
        return answer

    def _standing_session(self, session_id):
        """The session (sudo) of a till that stands open or about to open, one of the user's companies; else a refusal.

        A cashier taps in before the till is opened: its cash is theirs to count.
        """
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise Refusal("access", self.env._("Your user may not use the till."))
        session = self.env["pos.session"].sudo().browse(row_id(session_id)).exists()
        if session.company_id not in self.env.companies or session.state not in ("opening_control", "opened"):
            raise Refusal("session", self.env._("This till is closed. Reload the page."))
        return session

    # --- the seat ---------------------------------------------------------------------------------------------------

    @tools.ormcache("session_id")
    def _till_asking_card(self, session_id):
        """Id of the session's till when it asks for a cashier card, else 0."""
        config = self.env["pos.session"].sudo().browse(session_id).exists().config_id
        return config.id if config.tibillet_cashier_login else 0

    def _sit(self, config, cashier_card):
        if not request:
            return
        seats = {**(request.session.get(SEATS) or {}), str(config.id): cashier_card.id if cashier_card else 0}
        request.session[SEATS] = {till: card for till, card in seats.items() if card}

    def _seated(self, config_id):
        """The cashier card (sudo) seated at a till from this browser, possibly none."""
        seats = (request.session.get(SEATS) or {}) if request else {}
        return self.env["tibillet.cashier.card"].sudo().browse(seats.get(str(config_id), ())).exists()

    def _check_seat(self, session_id):
        """Refuse an act of who has not tapped in, or whose card has lost its rights since."""
        config_id = self._till_asking_card(session_id) if row_id(session_id) else 0
        if not config_id or not request:
            return
        config = self.env["pos.config"].sudo().browse(config_id)
        seated = self._seated(config_id)
        if not seated:
            raise Refusal("cashier", self.env._("Tap your cashier card to open this till."))
        refusal = seated._refusal(config)
        if refusal:
            raise Refusal("cashier", refusal[1])

    def _counter(self, session_id):
        counter = super()._counter(session_id)
        self._check_seat(session_id)
        return counter

    def _at_counter(self, cr, session_id, tap=None):
        found = super()._at_counter(cr, session_id, tap)
        # Without a tap a hold is given back: nobody needs a card for that.
        if tap is not None:
            self._check_seat(session_id)
        return found


class TibilletTillAct(models.Model):
    _inherit = "tibillet.till.act"

    @api.model
    def _log(self, session, kind, **values):
        """The act is of who is seated at the till, where somebody is."""
        seated = self.env["tibillet.till"]._seated(session.sudo().config_id.id)
        return super()._log(session, kind, **{**({"cashier_id": seated.user_id.id} if seated else {}), **values})
