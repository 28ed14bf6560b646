from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import OrderedSet

from ..sealer import wake

PAID = ("paid", "done")
SEAL = frozenset(("l10n_fr_hash", "l10n_fr_secure_sequence_number", "previous_order_id"))
ENTERED = "tibillet_fiscal_paid"
# In a context, no RPC can forge it: an object has no text.
SEAL_LATER = object()


class PosOrder(models.Model):
    """An order of a French till is frozen when it is paid, and sealed by one writer just after (res.company)."""

    _inherit = "pos.order"

    # Two seals never bear the same number, whatever writes them; and what waits for its seal is found at once.
    _tibillet_sealed = models.UniqueIndex(
        "(company_id, l10n_fr_secure_sequence_number) WHERE l10n_fr_secure_sequence_number > 0",
        "Two orders cannot bear the same number in the fiscal chain.",
    )
    _tibillet_unsealed = models.Index(
        "(company_id) WHERE state IN ('paid', 'done') AND COALESCE(l10n_fr_secure_sequence_number, 0) = 0"
    )

    @api.model_create_multi
    def create(self, vals_list):
        sessions = self.env["pos.session"].browse([vals["session_id"] for vals in vals_list])
        for vals, session in zip(vals_list, sessions, strict=True):
            if session.config_id.company_id._is_accounting_unalterable():
                self._check_tibillet_seal(vals)
                # Born paid, an order would never be chained: action_pos_order_paid alone pays it.
                if vals.get("state") in PAID:
                    vals["state"] = "draft"
        return super().create(vals_list)

    def write(self, vals):
        self._check_tibillet_seal(vals)
        french = self.filtered(lambda order: order.company_id._is_accounting_unalterable())
        if vals.get("state") not in PAID or not french:
            return super().write(vals)
        paid_now = french.filtered(lambda order: order.state not in PAID)
        others = {name: value for name, value in vals.items() if name != "state"}
        if others:
            super().write(others)
        super(PosOrder, self.with_context(tibillet_seal=SEAL_LATER)).write({"state": vals["state"]})
        paid_now._tibillet_enter()
        return True

    def _check_tibillet_frozen(self):
        """Refuse to change the lines and payments of an order from the moment it is paid, sealed or not."""
        if any(order.state in PAID and order.company_id._is_accounting_unalterable() for order in self):
            raise UserError(self.env._("French law: what was paid is not changed. Refund the order instead."))

    @api.model
    def _load_pos_data_read(self, records, config):
        """The receipt tells a French order by its hash, known or not yet."""
        orders = super()._load_pos_data_read(records, config)
        if config.company_id._is_accounting_unalterable():
            for order in orders:
                order["l10n_fr_hash"] = order["l10n_fr_hash"] or ""
        return orders

    def _tibillet_unseen_fields(self):
        return super()._tibillet_unseen_fields() | {"l10n_fr_string_to_hash", "previous_order_id"}

    def _check_tibillet_seal(self, vals):
        """Nobody writes a seal: the sealer does, in SQL."""
        if not SEAL.isdisjoint(name for name, value in vals.items() if value):
            raise UserError(self.env._("The fiscal chain is sealed by the server alone."))

    def _tibillet_enter(self):
        """At the commit, write these orders down as they are; after it, have them sealed."""
        if not self:
            return
        cr = self.env.cr
        if ENTERED not in cr.precommit.data:
            cr.precommit.data[ENTERED] = OrderedSet()
            cr.precommit.add(self.browse().sudo()._tibillet_enter_paid)
        cr.precommit.data[ENTERED].update(self.ids)

    def _tibillet_enter_paid(self):
        cr = self.env.cr
        self.env["tibillet.fiscal.entry"]._enter(cr.precommit.data.pop(ENTERED))
        cr.postcommit.add(wake(cr.dbname))
