from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KINDS = [
    ("top_up", "Top-up"),
    ("gift", "Gift given"),
    ("time", "Time given"),
    ("pay_back", "Paid back"),
    ("cash_back", "Cash-back"),
    ("void", "Voided"),
    ("replace", "Replaced"),
    ("block", "Blocked"),
    ("unblock", "Unblocked"),
    ("link", "Linked"),
    ("offered", "Offered"),
    ("cancel_line", "Line cancelled"),
    ("correction", "Payment corrected"),
    ("login", "Cashier logged in"),
    ("refused", "Refused"),
    ("wrong_pin", "Wrong PIN"),
]


class TibilletTillAct(models.Model):
    """What is done at a till beside its sales: who did it, who approved it, why. Written once, for good."""

    _name = "tibillet.till.act"
    _description = "Act at a till"
    _order = "id desc"
    _rec_name = "kind"

    create_date = fields.Datetime("Date", readonly=True)
    session_id = fields.Many2one("pos.session", required=True, readonly=True, ondelete="restrict", index=True)
    config_id = fields.Many2one("pos.config", "Till", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    kind = fields.Selection(KINDS, "Act", required=True, readonly=True)
    card_number = fields.Char("Card", readonly=True, index="btree_not_null", help="The number printed on the card.")
    asset_id = fields.Many2one("tibillet.asset", readonly=True, ondelete="restrict")
    amount = fields.Integer(
        readonly=True, aggregator="sum", help="In the smallest unit of the asset, else of the till."
    )
    amount_text = fields.Char("Amount shown", compute="_compute_amount_text")
    payment_method_id = fields.Many2one("pos.payment.method", readonly=True, ondelete="restrict")
    cashier_id = fields.Many2one("res.users", "Cashier", required=True, readonly=True, ondelete="restrict")
    approver_id = fields.Many2one("res.users", "Approved by", readonly=True, ondelete="restrict")
    reason = fields.Char(readonly=True)
    key = fields.Char(readonly=True, help="The same key is logged once.")
    order_uuid = fields.Char("Order", readonly=True, index="btree_not_null")

    _key_unique = models.UniqueIndex("(key) WHERE key IS NOT NULL", "This act is logged already.")

    @api.depends("amount", "asset_id", "company_id")
    def _compute_amount_text(self):
        for act in self:
            asset, currency = act.asset_id.sudo(), act.company_id.sudo().currency_id
            worth = asset.format(act.amount) if asset else currency.format(act.amount / 10**currency.decimal_places)
            act.amount_text = worth if act.amount else False

    @api.model
    def _log(self, session, kind, **values):
        """Log one act of an open or closed session.

        :param values: card_number, asset_id, amount (smallest unit), payment_method_id, cashier_id, approver_id (ids),
            reason, key, order_uuid; the cashier is the user unless said otherwise
        :return: the act (sudo); empty when its key was logged before, so that what it stands for is not done again
        """
        values = {"cashier_id": self.env.uid, **values}
        if kind not in dict(KINDS) or values.keys() - self._logged_fields():
            raise ValueError(f"{kind} {sorted(values)} is no act of a till")
        return self._insert(self.env.cr, session, kind, values)

    @api.model
    def _of_key(self, key):
        """The act (sudo) logged under this key, possibly none."""
        return self.sudo().search([("key", "=", key)], limit=1) if key else self.sudo().browse()

    def _logged_fields(self):
        return {
            "card_number", "asset_id", "amount", "payment_method_id", "cashier_id", "approver_id", "reason", "key",
            "order_uuid",
        }  # fmt: skip

    def _insert(self, cr, session, kind, values):
        """Two touches at once: the second waits for the first here, and is then none; a unique violation would surface."""
        session = session.sudo()
        row = {
            **{name: value or None for name, value in values.items()},
            "session_id": session.id,
            "config_id": session.config_id.id,
            "company_id": session.company_id.id,
            "kind": kind,
            "create_uid": self.env.uid,
            "create_date": fields.Datetime.now(),
        }
        cr.execute(
            SQL(
                "INSERT INTO tibillet_till_act (%s) VALUES %s ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING RETURNING id",
                SQL(", ").join(SQL.identifier(name) for name in row),
                tuple(row.values()),
            )
        )
        return self.sudo().browse(id_ for (id_,) in cr.fetchall())

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What was done at a till is not rewritten."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("What was done at a till is not deleted."))
