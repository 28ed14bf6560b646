from datetime import UTC

from odoo import api, fields, models

from odoo.addons.tibillet_pos_nfc.models.till import answering

from .prep_ticket import STAMPS

# A plate that waits to be carried comes before those that are still cooked.
FIRST = ("ready", "to_prepare", "served")


class TibilletTill(models.AbstractModel):
    """What kitchen and bar say of each table, for the till's floor plan."""

    _inherit = "tibillet.till"

    @api.model
    def _tables(self, session_id):
        """Each table's order that somebody prepared, until it is served and paid.

        :return: ``{status: ok, now, tables: [{table, state, since, late}]}`` or a refusal. `table` is an id; `state`
            is ready when something waits to be carried, else to_prepare or served; `since` and `now` are seconds
            since 1970; `late` is the number of minutes after which the screen turns red
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            config = self.env["pos.session"].sudo().browse(session_id).config_id
            tables = [self._table_of(tickets) for tickets in self._tickets_by_order(config)]
            now = fields.Datetime.now().replace(tzinfo=UTC).timestamp()
            answer.update(status="ok", now=now, tables=tables)
        return answer

    def _tickets_by_order(self, config):
        Ticket = self.env["tibillet.prep.ticket"].sudo()
        tickets = Ticket.search(
            [
                ("screen_id", "in", config.tibillet_prep_screen_ids.ids),
                ("order_id.table_id.floor_id", "in", config.floor_ids.ids),
                ("order_id.state", "!=", "cancel"),
                ("order_id.session_id.state", "!=", "closed"),
                "|",
                ("state", "!=", "served"),
                ("order_id.state", "=", "draft"),
            ]
        )
        return tickets.filtered(lambda ticket: not ticket._is_void).grouped("order_id").values()

    def _table_of(self, tickets):
        state = next(state for state in FIRST if state in tickets.mapped("state"))
        waiting = tickets.filtered(lambda ticket: ticket.state == state)
        stamp = STAMPS.get(state, "sent_at")
        return {
            "table": tickets.order_id.table_id.id,
            "state": state,
            "since": min(waiting.mapped(stamp)).replace(tzinfo=UTC).timestamp(),
            "late": min(waiting.screen_id.mapped("red_minutes")),
        }
