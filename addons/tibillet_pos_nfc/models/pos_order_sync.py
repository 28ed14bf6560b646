from odoo import api, models

# What no till shows of an order, and what costs the server a third of the time to compute or to look up.
UNSEEN = {
    "access_url",
    "access_warning",
    "available_payment_method_ids",
    "failed_pickings",
    "invoice_status",
    "margin",
    "margin_percent",
    "picking_count",
    "picking_ids",
    "refund_orders_count",
    "reversed_move_ids",
    "stock_reference_ids",
}


def _number(sequence):
    """The next number of a till's sequence, bare: no prefix to render, so no time zone nor partner to look up."""
    if sequence.implementation != "standard" or sequence.prefix or sequence.suffix or sequence.use_date_range:
        return sequence._next()
    sequence.env.cr.execute("SELECT nextval(%s)", [f"ir_sequence_{sequence.id:03}"])
    return str(sequence.env.cr.fetchone()[0]).zfill(sequence.padding)


class PosOrder(models.Model):
    """What an order costs the customer who waits for it: as little as its money asks."""

    _inherit = "pos.order"

    @api.model_create_multi
    def create(self, vals_list):
        # Who made it and when stands on the order: no follower, no "created" message for each beer.
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(PosOrder, quiet).create(vals_list).with_env(self.env)

    def _update_sequence_number(self, session, values):
        sequence = session.config_id.order_seq_id
        if sequence.prefix or sequence.suffix:
            return super()._update_sequence_number(session, values)
        values["sequence_number"] = int(_number(sequence))
        return None

    @api.model
    def _load_pos_data_read(self, records, config):
        """What the till keeps is read; the rest is given as nothing, since it knows these fields by name."""
        unseen = self._tibillet_unseen_fields()
        nothing = {name: [] if self._fields[name].type in ("one2many", "many2many") else False for name in unseen}
        names = self._load_pos_data_fields(config) or list(self.fields_get(attributes=()))
        orders = records._filtered_access("read").read([name for name in names if name not in unseen], load=False)
        return [nothing | order for order in orders]

    @api.model
    def _tibillet_unseen_fields(self):
        """Names of the fields that no till shows."""
        inherited = set(self.env["mail.thread"]._fields) - set(self.env["base"]._fields)
        return (inherited | UNSEEN) & set(self._fields)


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            order = self.env["pos.order"].browse(vals.get("order_id"))
            if order and not vals.get("name") and order.session_id.config_id.order_line_seq_id:
                vals["name"] = _number(order.session_id.config_id.order_line_seq_id)
        return super().create(vals_list)
