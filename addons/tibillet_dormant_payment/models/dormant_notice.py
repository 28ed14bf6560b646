from odoo import models


class TibilletDormantNotice(models.Model):
    _inherit = "tibillet.dormant.notice"

    def _wallet_url(self):
        return f"{self.get_base_url()}/my/wallet"
