from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    tibillet_till_move = fields.Selection(
        [("in", "Put in the drawer"), ("out", "Taken out of the drawer"), ("deposit", "Taken to the bank")],
        "Cash of the till",
        readonly=True,
        copy=False,
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if self.sudo().filtered("tibillet_till_move").pos_session_id.filtered(lambda s: s.state == "closed"):
            raise UserError(self.env._("This till is closed: its cash is counted. Book the difference instead."))
