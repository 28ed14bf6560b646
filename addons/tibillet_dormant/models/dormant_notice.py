from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.tibillet_base import ledger

LOT = 200

# Whom to tell now: a person with an address, whose issuer chose it. `turn` counts the mails since the balance was used:
# two jobs that look at the same moment give it the same number, and the second writes nothing.
DUE = """
    INSERT INTO tibillet_dormant_notice
           (balance_id, wallet_id, asset_id, company_id, amount, seq, turn, last_move_on, expires_on, sent_on)
    SELECT balance.id, balance.wallet_id, balance.asset_id, issuer.company_id, balance.amount, balance.seq,
           (SELECT count(*) FROM tibillet_dormant_notice told
             WHERE told.balance_id = balance.id AND told.seq = balance.seq),
           last.created_at,
           CASE WHEN asset.expiry_months > 0
                THEN (last.created_at + make_interval(months => asset.expiry_months))::date END,
           %(now)s
      FROM tibillet_asset asset
      JOIN tibillet_place issuer ON issuer.id = asset.place_id
      JOIN tibillet_ledger_balance balance ON balance.asset_id = asset.id
      JOIN tibillet_ledger_posting last ON last.balance_id = balance.id AND last.seq = balance.seq
      JOIN tibillet_wallet wallet ON wallet.id = balance.wallet_id
      JOIN res_partner partner ON partner.id = wallet.partner_id
     WHERE asset.dormant_after > 0 AND asset.active AND issuer.company_id IS NOT NULL AND balance.amount > 0
       AND partner.email_normalized IS NOT NULL
       AND last.created_at <= %(now)s - make_interval(months => asset.dormant_after)
       AND NOT EXISTS (SELECT FROM tibillet_dormant_notice told
                        WHERE told.balance_id = balance.id
                          AND told.sent_on > %(now)s - make_interval(months => asset.dormant_every))
     ORDER BY balance.id LIMIT %(lot)s
        ON CONFLICT (balance_id, seq, turn) DO NOTHING
 RETURNING id
"""


class TibilletDormantNotice(models.Model):
    """A mail to a holder about one balance that they have not used for long: kept, so that it is not sent twice."""

    _name = "tibillet.dormant.notice"
    _description = "Mail about a dormant balance"
    _order = "sent_on desc, id desc"
    _rec_name = "wallet_id"
    _log_access = False

    balance_id = fields.Many2one(
        "tibillet.ledger.balance", "In the ledger", required=True, readonly=True, ondelete="restrict"
    )
    wallet_id = fields.Many2one(
        "tibillet.wallet", "Holder", required=True, readonly=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one(related="wallet_id.partner_id", string="Person")
    asset_id = fields.Many2one("tibillet.asset", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    amount = fields.Integer("Minor units", required=True, readonly=True)
    amount_text = fields.Char("Balance", compute="_compute_amount_text")
    seq = fields.Integer("Links", required=True, readonly=True, help="Where the balance's chain ended then.")
    turn = fields.Integer(required=True, readonly=True, help="Mails about it before this one, since it was used.")
    last_move_on = fields.Datetime("Last used", required=True, readonly=True)
    expires_on = fields.Date("End of its term", readonly=True)
    sent_on = fields.Datetime("Told on", required=True, readonly=True)
    mail_id = fields.Many2one(
        "mail.mail",
        "Outgoing mail",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="base.group_system",
    )
    state = fields.Selection(
        [("waiting", "On its way"), ("sent", "Sent"), ("failed", "Not delivered")],
        "Mail",
        compute="_compute_state",
        compute_sudo=True,
    )

    _once = models.UniqueIndex("(balance_id, seq, turn)", "This holder was told already.")

    @api.depends("amount", "asset_id")
    @api.depends_context("lang")
    def _compute_amount_text(self):
        for notice in self:
            notice.amount_text = notice.asset_id.format(notice.amount)

    @api.depends("mail_id.state")
    def _compute_state(self):
        """A mail that left is deleted by Odoo; one that did not stays."""
        states = {"outgoing": "waiting", "exception": "failed", "cancel": "failed"}
        for notice in self:
            notice.state = states.get(notice.mail_id.state, "sent")

    @api.model
    def _cron_tell(self):
        """The daily job: tell whom is due, lot after lot, each in a transaction of its own with its mails."""
        while told := self._tell_lot():
            self.env["ir.cron"]._commit_progress(told)

    @api.model
    def _tell_lot(self):
        """Write to at most ``LOT`` holders; how many were written to."""
        self.env.flush_all()
        with ledger.own_cursor(self.env) as cr:
            notices = self.with_env(self.env(cr=cr, su=True))
            rows = notices.env.execute_query(SQL(DUE, now=fields.Datetime.now(), lot=LOT))
            told = notices.browse([row[0] for row in rows])
            told._mail()
            notices.env.flush_all()
        self.invalidate_model()
        return len(told)

    def _mail(self):
        """The mails leave by Odoo's own queue, woken at once."""
        if not self:
            return
        template = self.env.ref("tibillet_dormant.mail_template_dormant")
        for mail in template.send_mail_batch(self.ids):
            self.browse(mail.res_id).mail_id = mail
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _is_past_term(self):
        return bool(self.expires_on) and self.expires_on < fields.Date.today()

    def _wallet_url(self):
        """Where the holder finds their wallet on the web, or False: who knows a website says it."""
        return False
