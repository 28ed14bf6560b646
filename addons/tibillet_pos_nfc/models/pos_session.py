from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..const import session_owner


class PosSession(models.Model):
    """A till's session owns what its taps hold: it gives back, at its closing, what no order has taken."""

    _inherit = "pos.session"

    def tibillet_ask_unsynced(self):
        """Ask this session's tills for the orders that they have not sent.

        :return: int, how many taps still wait for their order
        """
        self.ensure_one()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Your user may not use the till."))
        self.check_access("read")
        self.env.cr.execute(
            "SELECT count(*) FROM tibillet_ledger_hold WHERE owner = %s AND state = 'held'",
            [session_owner(self.id)],
        )
        [waiting] = self.env.cr.fetchone()
        if waiting:
            self.config_id._notify("TIBILLET_SEND_ORDERS", {"session_id": self.id})
        return waiting

    def _validate_session(self, balancing_account=False, amount_to_balance=0, bank_payment_method_diffs=None):
        self.get_session_orders()._check_tibillet_captured()
        result = super()._validate_session(balancing_account, amount_to_balance, bank_payment_method_diffs)
        if self.state == "closed":
            self.env["tibillet.ledger.hold"]._release_owner(session_owner(self.id))
            anchor = self.env["tibillet.ledger.anchor"].sudo()._close(self.name)
            if anchor:
                self.message_post(body=self.env._("Root of the ledger at this closing: %s", anchor.root))
        return result

    def _cannot_close_session(self, bank_payment_method_diffs=None):
        differences = bank_payment_method_diffs or {}
        nfc = self.payment_method_ids._tibillet_nfc().filtered(
            lambda method: not self.currency_id.is_zero(differences.get(method.id, 0.0)),
        )
        if nfc:
            return {
                "successful": False,
                "message": self.env._(
                    "What cards paid is counted by the ledger: %(method)s has no difference to report.",
                    method=nfc[0].name,
                ),
                "redirect": False,
            }
        return super()._cannot_close_session(bank_payment_method_diffs)

    def get_closing_control_data(self):
        """Nobody counts what cards paid: the ledger did, so the closing shows it without asking."""
        data = super().get_closing_control_data()
        nfc = self.payment_method_ids._tibillet_nfc().ids
        for method in data["non_cash_payment_methods"]:
            if method["id"] in nfc:
                method["type"] = "tibillet_nfc"
        return data

    def _tibillet_rescue(self):
        """A rescue session for a paid order that comes after this session's closing, when no other is open."""
        return (
            self.sudo()
            .create(
                {
                    "config_id": self.config_id.id,
                    "name": self.env._("(RESCUE FOR %(session)s)", session=self.name),
                    "rescue": True,
                    "state": "opened",
                    "start_at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                }
            )
            .sudo(self.env.su)
        )

    @api.autovacuum
    def _gc_tibillet_holds(self):
        """A tap that reached a till while it was closing holds for nobody."""
        self.flush_model(["state"])
        self.env.cr.execute(
            """SELECT DISTINCT h.owner FROM tibillet_ledger_hold h
                 JOIN pos_session s ON h.owner = 'pos.session:' || s.id
                WHERE h.state = 'held' AND s.state = 'closed'"""
        )
        for (owner,) in self.env.cr.fetchall():
            self.env["tibillet.ledger.hold"]._release_owner(owner)
