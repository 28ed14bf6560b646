from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# Below it, a balance is money in use.
DORMANT_MONTHS = 3


class TibilletDormantBalance(models.Model):
    """What a holder has of an asset, and since when nothing moved it: read from the ledger, never stored.

    A balance knows its last link: one look-up in the chain's own index dates it.
    """

    _name = "tibillet.dormant.balance"
    _description = "Balance by age"
    _auto = False
    _order = "last_move_on, id"
    _rec_name = "wallet_id"
    _depends = {
        "res.partner": ["email_normalized"],
        "tibillet.asset": ["currency_id", "decimal_places", "expiry_months", "place_id"],
        "tibillet.card": ["state"],
        "tibillet.dormant.notice": ["balance_id", "mail_id", "sent_on", "seq"],
        "tibillet.place": ["company_id"],
        "tibillet.wallet": ["card_id", "owner_kind", "partner_id"],
    }

    balance_id = fields.Many2one("tibillet.ledger.balance", "In the ledger", readonly=True)
    wallet_id = fields.Many2one("tibillet.wallet", "Holder", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    issuer_id = fields.Many2one("tibillet.place", "Issuer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    owner_kind = fields.Selection(
        [("partner", "Person"), ("card", "Anonymous card"), ("pseudonym", "Erased holder")],
        "Held by",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Person", readonly=True)
    card_state = fields.Selection(
        [("blank", "Blank"), ("active", "Active"), ("lost", "Lost"), ("blocked", "Blocked"), ("void", "Void")],
        "Anonymous card",
        readonly=True,
    )
    reach = fields.Selection(
        [("mail", "By e-mail"), ("no_mail", "No e-mail known"), ("unknown", "Unknown holder")],
        "Can be told",
        readonly=True,
    )
    amount = fields.Integer("Minor units", readonly=True)
    held = fields.Integer("Held (minor units)", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    value = fields.Monetary("Amount", readonly=True)
    amount_text = fields.Char("Balance", compute="_compute_texts")
    held_text = fields.Char("Held by a payment under way", compute="_compute_texts")
    seq = fields.Integer("Links", readonly=True)
    last_move_on = fields.Datetime("Last used", readonly=True)
    months = fields.Integer("Months without use", readonly=True, aggregator="avg")
    bucket = fields.Selection(
        [
            ("m00", "Under 3 months"),
            ("m03", "3 to 6 months"),
            ("m06", "6 to 12 months"),
            ("m12", "12 to 24 months"),
            ("m24", "Over 24 months"),
        ],
        "Age",
        readonly=True,
    )
    expires_on = fields.Date("End of its term", readonly=True, help="By the asset's terms. Nothing is taken by itself.")
    told_on = fields.Datetime("Told on", readonly=True, help="The last mail since the balance was used.")
    notice_ids = fields.One2many(related="balance_id.dormant_notice_ids")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT balance.id, balance.id AS balance_id, balance.wallet_id, balance.asset_id, balance.amount,
                   balance.held, balance.seq, asset.currency_id,
                   balance.amount / power(10::numeric, asset.decimal_places) AS value,
                   asset.place_id AS issuer_id, issuer.company_id, wallet.owner_kind, wallet.partner_id,
                   card.state AS card_state, last.created_at AS last_move_on, age.months,
                   CASE WHEN age.months < 3 THEN 'm00' WHEN age.months < 6 THEN 'm03' WHEN age.months < 12 THEN 'm06'
                        WHEN age.months < 24 THEN 'm12' ELSE 'm24' END AS bucket,
                   CASE WHEN asset.expiry_months > 0
                        THEN (last.created_at + make_interval(months => asset.expiry_months))::date END AS expires_on,
                   CASE WHEN wallet.partner_id IS NULL THEN 'unknown'
                        WHEN partner.email_normalized IS NULL THEN 'no_mail' ELSE 'mail' END AS reach,
                   (SELECT max(notice.sent_on) FROM tibillet_dormant_notice notice
                      LEFT JOIN mail_mail mail ON mail.id = notice.mail_id
                     WHERE notice.balance_id = balance.id AND notice.seq = balance.seq
                       AND (mail.state IS NULL OR mail.state NOT IN ('exception', 'cancel'))) AS told_on
              FROM tibillet_ledger_balance balance
              JOIN tibillet_ledger_posting last ON last.balance_id = balance.id AND last.seq = balance.seq
              JOIN tibillet_asset asset ON asset.id = balance.asset_id
              JOIN tibillet_place issuer ON issuer.id = asset.place_id
              JOIN tibillet_wallet wallet ON wallet.id = balance.wallet_id
              LEFT JOIN tibillet_card card ON card.id = wallet.card_id
              LEFT JOIN res_partner partner ON partner.id = wallet.partner_id
             CROSS JOIN LATERAL (
                   SELECT (extract(year FROM since) * 12 + extract(month FROM since))::integer AS months
                     FROM age(%s, last.created_at) AS since) age
             WHERE balance.amount <> 0
            """,
            fields.Datetime.now(),
        )

    @api.depends("amount", "held", "asset_id")
    @api.depends_context("lang")
    def _compute_texts(self):
        for balance in self:
            asset = balance.asset_id
            balance.amount_text = asset.format(balance.amount)
            balance.held_text = asset.format(balance.held) if balance.held else False

    def action_pay_back(self):
        """A decision to look at, which moves nothing yet."""
        return self._decide("pay_back")

    def action_write_off(self):
        """A decision to look at, which moves nothing yet. ValidationError for an asset that is shared."""
        return self._decide("write_off")

    def _decide(self, way):
        decisions = self.env["tibillet.dormant.decision"]
        if not decisions.has_access("write"):
            raise AccessError(self.env._("Only an accountant decides what becomes of balances."))
        self.check_access("read")
        free = self.filtered(lambda balance: balance.amount > balance.held)
        if not free:
            raise UserError(self.env._("Nothing is free in what you chose: choose balances above zero."))
        decision = decisions._prepare(free, way)
        return {
            "type": "ir.actions.act_window",
            "res_model": decision._name,
            "res_id": decision.id,
            "view_mode": "form",
        }
