from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..cash import BadAmount, counted, parsed


class PosSession(models.Model):
    """The drawer of a session: what is put in, taken out, taken to the bank, and payments corrected."""

    _inherit = "pos.session"

    tibillet_correction_ids = fields.One2many("tibillet.payment.correction", "session_id", "Corrections", readonly=True)

    def _tibillet_check_open(self):
        if self.filtered(lambda session: session.state == "closed"):
            raise UserError(self.env._("This till's session is closed: nothing enters it or changes in it any more."))

    def _tibillet_check_real_orders(self):
        if self.sudo().filtered("tibillet_training"):
            raise UserError(self.env._("This till is in training: no order of it is kept."))

    def _tibillet_lock_open(self):
        """Hold the session open until the end of the transaction; orders go on meanwhile.

        :raise UserError: it is not open
        """
        self.ensure_one()
        self.flush_recordset(["state"])
        # Written, not only locked: who waited starts again, and sees what the first did.
        self.env.cr.execute("UPDATE pos_session SET id = id WHERE id = %s RETURNING state", [self.id])
        if self.env.cr.fetchone() != ("opened",):
            raise UserError(self.env._("This till is closed: its cash is counted."))

    # --- cash in and out --------------------------------------------------------------------------------------------

    def try_cash_in_out(self, _type, amount, reason, partner_id, extras):
        """Put cash in the drawer, take some out, or take it to the bank.

        :param str _type: in, out or deposit
        :param amount: number, or text with a point or a French comma; what is counted in ``extras`` prevails
        :param dict extras: ``translatedType``, and ``tibillet_counts``: {"20": 3} for three notes of 20
        :raise UserError: zero, negative, not a number, nothing to take, or the till is closed
        """
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Your user may not use the till."))
        self.check_access("read")
        extras = dict(extras or {})
        if _type not in ("in", "out", "deposit"):
            raise UserError(self.env._("Choose whether cash comes in, goes out, or goes to the bank."))
        counts = extras.get("tibillet_counts")
        try:
            amount = counted(counts) if counts else parsed(amount)
        except BadAmount as error:
            raise UserError(self.env._("%s is not an amount of cash: count again.", error)) from error
        for session in self.sudo():
            session._tibillet_check_real()
            session._tibillet_lock_open()
            session._tibillet_check_deposit(_type, amount)
        session = self.sudo().with_context(tibillet_till_move=_type)
        labels = {"in": self.env._("in"), "out": self.env._("out"), "deposit": self.env._("bank deposit")}
        extras.setdefault("translatedType", labels[_type])
        return super(PosSession, session).try_cash_in_out(_type, amount, (reason or "").strip(), partner_id, extras)

    def _tibillet_check_real(self):
        if self.tibillet_training:
            raise UserError(self.env._("This till is in training: its drawer does not count. Nothing was booked."))

    def _tibillet_check_deposit(self, kind, amount):
        if kind != "deposit":
            return
        if self.currency_id.compare_amounts(amount, self.cash_register_balance_end) > 0:
            raise UserError(
                self.env._(
                    "The drawer holds %(held)s: no more can be taken to the bank.",
                    held=self.currency_id.format(self.cash_register_balance_end),
                )
            )
        if not self.company_id.transfer_account_id:
            raise UserError(
                self.env._(
                    "%s has no account for internal transfers: choose one in the settings.", self.company_id.name
                )
            )

    def _prepare_account_bank_statement_line_vals(self, session, sign, amount, reason, partner_id, extras):
        vals = super()._prepare_account_bank_statement_line_vals(session, sign, amount, reason, partner_id, extras)
        kind = self.env.context.get("tibillet_till_move")
        vals["tibillet_till_move"] = kind
        if kind == "deposit":
            vals["counterpart_account_id"] = session.company_id.sudo().transfer_account_id.id
        return vals

    def _set_opening_control_data(self, cashbox_value, notes):
        try:
            cashbox_value = parsed(cashbox_value, least=0)
        except BadAmount as error:
            raise UserError(self.env._("%s is not an amount of cash: count again.", error)) from error
        return super()._set_opening_control_data(cashbox_value, notes)

    # --- corrections of payments ------------------------------------------------------------------------------------

    def _tibillet_corrected(self):
        """{method: amount} that corrections move to each method of this session, negative from it."""
        moved = {}
        for correction in self.sudo().tibillet_correction_ids:
            for method, amount in (
                (correction.from_method_id, -correction.amount),
                (correction.to_method_id, correction.amount),
            ):
                moved[method] = self.currency_id.round(moved.get(method, 0) + amount)
        return {method: amount for method, amount in moved.items() if amount}

    @api.depends("tibillet_correction_ids")
    def _compute_cash_balance(self):
        result = super()._compute_cash_balance()
        for session in self:
            cash = session.payment_method_ids.filtered("is_cash_count")[:1]
            moved = session._tibillet_corrected().get(cash, 0)
            session.cash_register_balance_end += moved
            session.cash_register_difference -= moved
        return result

    def get_closing_control_data(self):
        data = super().get_closing_control_data()
        moved = {method.id: amount for method, amount in self._tibillet_corrected().items()}
        cash = data["default_cash_details"]
        if cash:
            cash["amount"] += moved.get(cash["id"], 0)
            cash["payment_amount"] += moved.get(cash["id"], 0)
        for method in data["non_cash_payment_methods"]:
            method["amount"] += moved.get(method["id"], 0)
            method["number"] += method["id"] in moved and not method["number"]
        return data

    def _accumulate_amounts(self, data):
        """The books take each payment where its correction put it."""
        data = super()._accumulate_amounts(data)
        for method, amount in self._tibillet_corrected().items():
            totals = data["combine_receivables_cash" if method.type == "cash" else "combine_receivables_bank"]
            method = method.with_env(self.env)
            totals[method] = self._update_amounts(totals[method], {"amount": amount}, fields.Date.context_today(self))
            if self.currency_id.is_zero(totals[method]["amount"]):
                del totals[method]
        return data
