from odoo import api, fields, models
from odoo.exceptions import UserError

from ..figures import SessionFigures

# In a context, no RPC can forge it: an object has no text.
VALIDATED = object()


class PosSession(models.Model):
    """A closed session has its ticket Z."""

    _inherit = "pos.session"

    tibillet_training = fields.Boolean("Training", readonly=True, copy=False, help="Of the till, when it was opened.")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("tibillet_training", None)
        sessions = super().create(vals_list)
        for session in sessions.filtered("config_id.tibillet_training"):
            session.sudo().tibillet_training = not session.rescue
            self.env.registry.clear_cache()
        return sessions

    def write(self, vals):
        self._check_tibillet_state(vals)
        return super().write(vals)

    def _check_tibillet_state(self, vals):
        """Odoo lets a cashier write on a session: it closes by its closing alone, once, and keeps its mode."""
        if "tibillet_training" in vals and not self.env.su:
            raise UserError(self.env._("A manager puts a till in training, before it is opened."))
        for session in self if "state" in vals else ():
            if session.state == "closed" and vals["state"] != "closed":
                raise UserError(self.env._("A closed till is not opened again: open a new session."))
            is_validated = self.env.context.get("tibillet_validated") is VALIDATED
            if session.state != vals["state"] == "closed" and session.company_id.tibillet_place_id and not is_validated:
                raise UserError(self.env._("Close this till from its screen: its cash is counted there."))

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "tibillet_training"]

    def _validate_session(self, balancing_account=False, amount_to_balance=0, bank_payment_method_diffs=None):
        validating = self.with_context(tibillet_validated=VALIDATED)
        result = super(PosSession, validating)._validate_session(
            balancing_account, amount_to_balance, bank_payment_method_diffs
        )
        if self.state == "closed":
            self._tibillet_seal()
        return result

    def _tibillet_seal(self):
        """The ticket Z (sudo) of this closing; none of a session where nothing happened."""
        company = self.company_id
        if not company.tibillet_place_id or self.tibillet_training or not self._tibillet_happened():
            return self.env["tibillet.closing"]
        return self.env["tibillet.closing"]._seal(
            company,
            "session",
            SessionFigures(self).all(),
            session_id=self.id,
            config_id=self.config_id.id,
            date_from=self.start_at,
        )

    def _tibillet_happened(self):
        return bool(self.order_ids.filtered(lambda order: order.state in ("paid", "done"))) or bool(
            self.sudo().statement_line_ids.filtered("tibillet_till_move")
        )

    def _tibillet_is_dated_closed(self, date):
        """Whether `date` (UTC) lies in a closed day, month or year, and before this session."""
        until = self.env["tibillet.closing"]._closed_until(self.company_id)
        return bool(until) and date < until and date < (self.start_at or until)

    def tibillet_report(self):
        """The closing report as it stands, for the till's screen and printer.

        :return: ``{html}``, a narrow page
        :raise AccessError: the user may not read this session
        """
        self.ensure_one()
        self.check_access("read")
        report = self.env["tibillet.closing.report"]
        return {"html": str(report._html(report._of_session(self)))}

    def action_tibillet_closing(self):
        """Open this session's ticket Z."""
        self.ensure_one()
        closing = self.env["tibillet.closing"].search([("session_id", "=", self.id)])
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.closing",
            "res_id": closing.id,
            "view_mode": "form",
        }
