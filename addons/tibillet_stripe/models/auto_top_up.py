from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.tibillet_base import keyring

IN_PROGRESS = ("draft", "pending", "authorized")


class TibilletAutoTopUp(models.Model):
    """A holder's standing order: below a threshold their saved card fills their wallet, so much a month at most.

    Watched by a job, never in a tap; one debit at a time; a failure pauses it. It stays here when it is off, with what
    the holder agreed to.
    """

    _name = "tibillet.auto.top.up"
    _description = "Automatic top-up"
    _inherit = ["mail.thread"]
    _rec_name = "wallet_id"
    _order = "id desc"

    wallet_id = fields.Many2one("tibillet.wallet", required=True, readonly=True, ondelete="restrict", index=True)
    asset_id = fields.Many2one("tibillet.asset", "Money", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="asset_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="asset_id.currency_id")
    token_id = fields.Many2one("payment.token", "Card", required=True, readonly=True, ondelete="restrict")
    threshold = fields.Monetary("When less than this is left", required=True, readonly=True, tracking=True)
    amount = fields.Monetary("Put this much", required=True, readonly=True, tracking=True)
    monthly_ceiling = fields.Monetary("At most a month", required=True, readonly=True, tracking=True)
    state = fields.Selection(
        [("on", "On"), ("paused", "Paused"), ("off", "Off")],
        "Status",
        required=True,
        readonly=True,
        default="on",
        tracking=True,
        index=True,
    )
    consented_at = fields.Datetime("Agreed on", required=True, readonly=True)
    consent = fields.Text("Agreed to", required=True, readonly=True, help="The very words that the holder ticked.")
    reason = fields.Char("Paused because", readonly=True)
    tx_id = fields.Many2one("payment.transaction", "Last debit", readonly=True, ondelete="restrict")
    tx_ids = fields.One2many("payment.transaction", "tibillet_auto_id", "Debits", readonly=True)
    this_month = fields.Monetary("Debited this month", compute="_compute_this_month")

    _once = models.UniqueIndex("(wallet_id, asset_id)", "This wallet has an automatic top-up of this money already.")
    _bounds = models.Constraint(
        "CHECK (threshold > 0 AND amount > 0 AND monthly_ceiling >= amount)",
        "The threshold and the amount are above zero, and the ceiling of a month is no less than one debit.",
    )

    @api.depends("tx_ids.state", "tx_ids.amount")
    def _compute_this_month(self):
        start = fields.Date.start_of(fields.Date.today(), "month")
        for auto in self:
            counted = auto.tx_ids.filtered(
                lambda tx: tx.state in (*IN_PROGRESS, "done") and tx.create_date.date() >= start
            )
            auto.this_month = sum(counted.mapped("amount"))

    @api.model
    def _agree(self, wallet, asset, token, threshold, amount, ceiling, *, agreed):
        """Switch it on, or change it, as its holder says; rights on `wallet` are checked before.

        :param token: payment.token that the holder chose
        :param float threshold, amount, ceiling: in the currency of `asset`
        :param bool agreed: whether the holder ticked the consent
        :return: tibillet.auto.top.up (sudo)
        :raise UserError: what is not possible, in the holder's words
        """
        if not agreed:
            raise UserError(self.env._("Tick that you agree: nothing is debited without it."))
        if token not in self._tokens(asset, wallet.partner_id):
            raise UserError(self.env._("Choose a card that you saved at an earlier top-up."))
        if refusal := self._refusal(asset, threshold, amount, ceiling):
            raise UserError(refusal)
        values = {
            "token_id": token.id,
            "threshold": threshold,
            "amount": amount,
            "monthly_ceiling": ceiling,
            "state": "on",
            "reason": False,
            "consented_at": fields.Datetime.now(),
            "consent": self._consent(asset),
        }
        auto = self._of(wallet, asset)
        if auto:
            auto.write(values)
        else:
            auto = auto.create({"wallet_id": wallet.id, "asset_id": asset.id, **values})
        return auto

    @api.model
    def _of(self, wallet, asset):
        return self.sudo().search([("wallet_id", "=", wallet.id), ("asset_id", "=", asset.id)])

    @api.model
    def _tokens(self, asset, partner):
        """Cards (sudo) that `partner` saved with the providers of the issuer."""
        return asset._online_tokens(asset._online_providers(partner, asset.online_min), partner)

    @api.model
    def _consent(self, asset):
        return self.env._(
            "I agree that %(place)s debits my saved card by itself, as set above. I am told by mail of each debit, and "
            "switch it off here whenever I want.",
            place=asset.place_id.name,
        )

    @api.model
    def _refusal(self, asset, threshold, amount, ceiling):
        currency = asset.currency_id
        if any(abs(currency.round(value) - value) > 1e-6 for value in (threshold, amount, ceiling)):
            return self.env._("Choose amounts in whole cents.")
        if currency.compare_amounts(threshold, 0) <= 0:
            return self.env._("Say below which amount your wallet is topped up.")
        if not asset.online_min <= amount <= asset.online_max:
            return self.env._(
                "Choose an amount from %(least)s to %(most)s.",
                least=currency.format(asset.online_min),
                most=currency.format(asset.online_max),
            )
        if currency.compare_amounts(ceiling, amount) < 0:
            return self.env._("The most a month is no less than one top-up.")
        if asset.ceiling and asset._minor(threshold + amount) > asset.ceiling:
            return self.env._("One wallet holds at most %s: choose less.", asset.format(asset.ceiling))
        return None

    def _sentence(self):
        """What is agreed, and how much of it this month, for the holder."""
        money = self.currency_id.format
        return self.env._(
            "On: %(amount)s when less than %(threshold)s is left, from %(card)s. "
            "This month: %(debited)s of at most %(ceiling)s.",
            amount=money(self.amount),
            threshold=money(self.threshold),
            card=self.token_id.display_name,
            debited=money(self.this_month),
            ceiling=money(self.monthly_ceiling),
        )

    def _switch_off(self):
        self.sudo().write({"state": "off", "reason": False})
        self.sudo().tx_id.filtered(lambda tx: tx.state == "draft")._set_canceled()

    def action_switch_off(self):
        """By the venue, at its holder's word."""
        self.check_access("read")
        self._switch_off()

    def _pause(self, why):
        """Nothing more is debited until the holder says so; they are told."""
        self.write({"state": "paused", "reason": why})
        self._tell("tibillet_stripe.mail_template_auto_paused")

    def _for_holder(self):
        """In the words of who reads them."""
        return self.with_context(lang=self.wallet_id.partner_id.lang or self.env.lang)

    def _tell(self, template):
        """By mail, in the holder's language."""
        if self.wallet_id.partner_id.email:
            self.env.ref(template).sudo().send_mail(self.id)
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.model
    def _cron_auto_top_up(self):
        """First a draft payment for each wallet that is low, then the debits: lost midway, a debit is sent again as it was."""
        if not keyring.is_original(self.env):
            return  # in a copy of the database nobody is debited
        for auto in self._low():
            auto._start()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        for auto in self.search([("tx_id.state", "=", "draft"), ("state", "=", "on")], order="id"):
            auto.tx_id._tibillet_debit()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _low(self):
        """Those whose wallet holds less than its threshold, in one query."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT auto.id
                     FROM tibillet_auto_top_up auto
                     JOIN tibillet_asset asset ON asset.id = auto.asset_id
                LEFT JOIN tibillet_ledger_balance balance
                       ON balance.wallet_id = auto.wallet_id AND balance.asset_id = auto.asset_id
                LEFT JOIN payment_transaction tx ON tx.id = auto.tx_id
                    WHERE auto.state = 'on' AND COALESCE(tx.state, '') NOT IN %s
                      AND COALESCE(balance.amount - balance.held, 0) < auto.threshold * 10 ^ asset.decimal_places
                 ORDER BY auto.id""",
                IN_PROGRESS,
            )
        )
        return self.browse(row[0] for row in rows)

    def _start(self):
        """A draft payment, once: `tx_id` of the locked row says whether one is under way."""
        auto = self.try_lock_for_update()._for_holder()
        last = auto.tx_id
        if auto.state != "on" or last.state in IN_PROGRESS or (last.state == "done" and not last.tibillet_state):
            return
        if last.state == "done" and last.tibillet_state != "credited":
            auto._pause(last._tibillet_sentence())
            return
        partner, asset, token = auto.wallet_id.partner_id, auto.asset_id, auto.token_id
        if not partner:
            auto._switch_off()  # merged or erased: nobody to debit
            return
        if not token.active or token not in auto._tokens(asset, partner):
            auto._pause(auto.env._("Your card is not saved any more."))
            return
        if refusal := asset._online_refusal(auto.wallet_id, auto.amount):
            auto._pause(refusal)
            return
        if auto.currency_id.compare_amounts(auto.this_month + auto.amount, auto.monthly_ceiling) > 0:
            return  # enough for this month, as the holder said
        transactions = self.env["payment.transaction"]
        auto.tx_id = transactions.create(
            {
                "provider_id": token.provider_id.id,
                "payment_method_id": token.payment_method_id.id,
                "token_id": token.id,
                "operation": "offline",
                "reference": transactions._compute_reference(token.provider_id.code, prefix="TOPUP-AUTO"),
                "amount": auto.amount,
                "currency_id": auto.currency_id.id,
                "partner_id": partner.id,
                "tibillet_auto_id": auto.id,
                **transactions._tibillet_create_values(asset, auto.wallet_id),
            }
        )

    def _hear(self, tx):
        """What became of a debit, told to the holder."""
        self.ensure_one()
        auto = self._for_holder()
        if tx.state == "done":
            auto._tell("tibillet_stripe.mail_template_auto_debited")
        elif auto.state == "on":
            auto._pause(auto.env._("The bank refused: %s", tx.state_message or auto.env._("no reason given")))
