from datetime import datetime, time, timedelta

from odoo import api, fields, models

from odoo.addons.tibillet_pos_nfc.const import session_owner

MORNING = time(7)
# Who opens before seven keeps the orders of this morning.
QUIET = timedelta(hours=2)


class PosOrder(models.Model):
    """Orders without a table that nobody paid: each morning they are cancelled, with a trace."""

    _inherit = "pos.order"

    tibillet_archived_at = fields.Datetime(
        "Archived", readonly=True, copy=False, index="btree_not_null", help="Cancelled by the morning's job, unpaid."
    )

    @api.model
    def _tibillet_archive_unpaid(self):
        """At seven by each venue's clock: cancel what was left without a table, unpaid and untouched since.

        An order with a payment stays, and so do the orders of a till where a card's money is held: what it is held
        for is known to the till alone. They are looked at again each hour.

        :return: the archived orders
        """
        archived = self.browse()
        sessions = self.env["pos.session"].search(
            [("state", "!=", "closed"), ("config_id.module_pos_restaurant", "=", True)]
        )
        for company, opened in sessions.grouped("company_id").items():
            archived |= self._tibillet_left(self._tibillet_quiet_sessions(opened), self._tibillet_morning(company))
        archived.action_pos_order_cancel()
        archived.write({"tibillet_archived_at": fields.Datetime.now()})
        return archived

    def _tibillet_left(self, sessions, morning):
        return self.search(
            [
                ("session_id", "in", sessions.ids),
                ("state", "=", "draft"),
                ("table_id", "=", False),
                ("payment_ids", "=", False),
                ("write_date", "<", morning - QUIET),
                "|",
                ("preset_time", "=", False),
                ("preset_time", "<", morning),
            ]
        )

    def _tibillet_quiet_sessions(self, sessions):
        """Those where no card's money is held."""
        holds = self.env["tibillet.ledger.hold"].sudo()
        owners = holds.search([("state", "=", "held"), ("owner", "in", [session_owner(id_) for id_ in sessions.ids])])
        busy = set(owners.mapped("owner"))
        return sessions.filtered(lambda session: session_owner(session.id) not in busy)

    def _tibillet_morning(self, company):
        """The last seven o'clock of a venue, in UTC."""
        now = company._tibillet_local(fields.Datetime.now())
        morning = datetime.combine(now.date(), MORNING)
        return company._tibillet_utc(morning if now >= morning else morning - timedelta(days=1))
