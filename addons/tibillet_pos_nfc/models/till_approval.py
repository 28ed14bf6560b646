from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.tibillet_base import ledger

from .res_users import PIN
from .till import Refusal

WRONG_PINS = 5
WRONG_PIN_DELAY = timedelta(minutes=5)


class TibilletTill(models.AbstractModel):
    """A manager's word for what a cashier may not do alone: their card, or their PIN."""

    _inherit = "tibillet.till"

    @api.model
    def _approved(self, session_id, approval):
        """Who approves an act at this till.

        :param approval: ``{"tap": {uid, source}}`` of a manager's cashier card, or ``{"pin": "1234"}``
        :return: res.users (sudo)
        :raise Refusal: code ``approval``, with what to do
        """
        self._counter(session_id)
        session = self.env["pos.session"].sudo().browse(session_id)
        if isinstance(approval, dict) and approval.keys() == {"tap"}:
            return self._approved_by_card(session, approval["tap"])
        if isinstance(approval, dict) and approval.keys() == {"pin"}:
            return self._approved_by_pin(session, approval["pin"])
        raise Refusal("approval", self.env._("A manager must approve this: their card, or their PIN."))

    def _approved_by_card(self, session, tap):
        card = self.env["tibillet.cashier.card"]._of_tap(self._uid(tap))
        if not card.manager or session.config_id not in card.config_ids:
            raise Refusal("approval", self.env._("This is no manager's card at this till. Ask a manager for theirs."))
        return card.user_id

    def _approved_by_pin(self, session, pin):
        managers = self._managers(session.company_id)
        # Committed whatever becomes of the act: else a caller who undoes it could try for ever.
        with ledger.own_cursor(self.env) as cr:
            self._check_pin_attempts(cr, session)
            approver = (
                managers._tibillet_bears(pin) if isinstance(pin, str) and PIN.fullmatch(pin) else managers.browse()
            )
            if not approver:
                self.env["tibillet.till.act"]._insert(cr, session, "wrong_pin", {"cashier_id": self.env.uid})
        if not approver:
            raise Refusal("approval", self.env._("This PIN is not a manager's. Try again, or tap a manager's card."))
        if len(approver) > 1:
            raise Refusal(
                "approval", self.env._("Two managers have this PIN. Tap a manager's card, and change the PIN.")
            )
        return approver

    def _check_pin_attempts(self, cr, session):
        """Ten thousand PINs are soon tried: a till, or its cashier, tries five in five minutes, one after the other."""
        cr.execute("SELECT pg_advisory_xact_lock(hashtext('tibillet.till.act:wrong_pin'), %s)", [session.company_id.id])
        cr.execute(
            """SELECT count(*) FROM tibillet_till_act
                WHERE kind = 'wrong_pin' AND create_date > %s AND (session_id = %s OR cashier_id = %s)""",
            [fields.Datetime.now() - WRONG_PIN_DELAY, session.id, self.env.uid],
        )
        if cr.fetchone()[0] >= WRONG_PINS:
            raise Refusal("approval", self.env._("Too many wrong PINs. Tap a manager's card, or wait five minutes."))

    def _managers(self, company):
        """Who may approve by PIN in a company."""
        group = self.env.ref("tibillet_base.group_manager").sudo()
        return group.all_user_ids.filtered(lambda user: user.active and company in user.company_ids)
