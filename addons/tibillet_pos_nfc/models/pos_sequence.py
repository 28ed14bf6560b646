from odoo import api, models


class PosConfig(models.Model):
    """No row that two devices of a till would lock while a customer waits.

    Odoo numbers a till's orders, order lines and devices by ``no_gap`` sequences, one row each, taken NOWAIT: two phones at one
    bar refuse each other's orders. References stay unique and per till; what must be without a gap is chained elsewhere.
    """

    _inherit = "pos.config"

    def _create_sequences(self):
        result = super()._create_sequences()
        self._tibillet_free_sequences()
        return result

    def _tibillet_free_sequences(self):
        """Number this till by PostgreSQL's own sequences, from where it stands."""
        tills = self.sudo().filtered("tibillet_place_id")
        sequences = tills.order_seq_id | tills.order_backend_seq_id | tills.order_line_seq_id | tills.device_seq_id
        shared = sequences.filtered(lambda sequence: sequence.implementation == "no_gap")
        if shared:
            shared.write({"implementation": "standard"})


class PosSession(models.Model):
    _inherit = "pos.session"

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        # A till that was there before the suite, or before its company became a venue.
        sessions.config_id._tibillet_free_sequences()
        return sessions
