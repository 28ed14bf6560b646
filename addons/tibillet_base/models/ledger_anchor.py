from markupsafe import Markup

from odoo import api, fields, models

from .. import ledger


class TibilletLedgerAnchor(models.Model):
    _name = "tibillet.ledger.anchor"
    _description = "Ledger Anchor"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _rec_name = "label"
    _order = "id desc"

    label = fields.Char(string="Closed by", readonly=True)
    created_at = fields.Datetime(string="Date", readonly=True)
    heads = fields.Integer(string="Balances changed", readonly=True)
    root_hex = fields.Char(string="Root", compute="_compute_root_hex")

    @api.depends("heads")
    def _compute_root_hex(self):
        self.env.cr.execute("SELECT id, encode(root, 'hex') FROM tibillet_ledger_anchor WHERE id = ANY(%s)", [self.ids])
        roots = dict(self.env.cr.fetchall())
        for anchor in self:
            anchor.root_hex = roots.get(anchor.id)

    @api.model
    def _close(self, label):
        """Anchor the heads that changed since the last root, and mail the root to whoever keeps it elsewhere.

        In a cursor of its own: two closings at once must chain, not each follow the root that its snapshot saw.

        :param str label: what closed, such as a till's session
        :return: :class:`ledger.Anchor`, None when nothing changed
        """
        self.env.flush_all()
        with ledger.own_cursor(self.env) as cr:
            anchor = ledger.anchor(cr, label)
        keeper = self.env["ir.config_parameter"].sudo().get_param("tibillet_base.anchor_email")
        if anchor and keeper:
            advice = self.env._("Keep this line: it proves that nothing before it was changed.")
            self.env["mail.mail"].sudo().create(
                {
                    "email_to": keeper,
                    "subject": self.env._("Root of the ledger, %s", label),
                    "body_html": Markup("<p>%s</p><pre>%s %s</pre>") % (advice, label, anchor.root),
                }
            )
        return anchor
