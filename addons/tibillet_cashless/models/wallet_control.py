from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

POSTED = Domain("parent_state", "=", "posted")
NOT_IN_BOOKS = Domain("transaction_id.booked_ids", "=", False)


class TibilletWalletControl(models.Model):
    """Per issuer and money: what the books owe, what they do not say yet, what the wallets hold. The rest must be zero.

    Each term is counted where it lives: journal items, postings of the ledger that no booking has taken, stored balances.
    """

    _name = "tibillet.wallet.control"
    _description = "Control of wallets"
    _auto = False
    _order = "company_id, asset_id"
    _rec_name = "asset_id"
    _depends = {
        "account.move.line": ["account_id", "balance", "parent_state"],
        "tibillet.asset": ["account_id", "currency_id", "decimal_places", "kind", "place_id"],
        "tibillet.booked.transaction": ["transaction_id", "company_id"],
        "tibillet.place": ["company_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    booked = fields.Monetary("In the books", readonly=True, help="− balance of the account.")
    in_tills = fields.Monetary("Open tills", readonly=True, help="Top-ups − spending of tills that have not closed.")
    in_mirrors = fields.Monetary("Mirrors waiting", readonly=True, help="Closed at another venue, not booked here yet.")
    by_hand = fields.Monetary(
        "By hand",
        readonly=True,
        help="Done outside the tills: corrections, cards voided, money issued.",
    )
    wallets = fields.Monetary("In the wallets", readonly=True)
    difference = fields.Monetary(readonly=True)
    state = fields.Selection([("zero", "Zero"), ("different", "Different")], "Control", readonly=True)
    cause = fields.Text(compute="_compute_cause")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT term.*, CASE WHEN term.difference = 0 THEN 'zero' ELSE 'different' END AS state
              FROM (
                SELECT asset.id, asset.id AS asset_id, place.company_id, asset.account_id, asset.currency_id,
                       books.amount AS booked, open.tills AS in_tills, open.mirrors AS in_mirrors, open.others AS by_hand,
                       holders.amount AS wallets,
                       books.amount + open.tills + open.mirrors + open.others - holders.amount AS difference
                  FROM tibillet_asset asset
                  JOIN tibillet_place place ON place.id = asset.place_id
                  JOIN LATERAL (SELECT power(10::numeric, asset.decimal_places) AS size) unit ON TRUE
                  JOIN LATERAL (
                    SELECT -COALESCE(sum(line.balance), 0) AS amount FROM account_move_line line
                     WHERE line.account_id = asset.account_id AND line.parent_state = 'posted'
                  ) books ON TRUE
                  JOIN LATERAL (
                    SELECT COALESCE(sum(balance.amount), 0) / unit.size AS amount FROM tibillet_ledger_balance balance
                     WHERE balance.asset_id = asset.id
                  ) holders ON TRUE
                  JOIN LATERAL (
                    SELECT COALESCE(sum(amount) FILTER (WHERE at = 'till'), 0) / unit.size AS tills,
                           COALESCE(sum(amount) FILTER (WHERE at = 'mirror'), 0) / unit.size AS mirrors,
                           COALESCE(sum(amount) FILTER (WHERE at = 'hand'), 0) / unit.size AS others
                      FROM (%s) unbooked
                  ) open ON TRUE
                 WHERE asset.kind = 'money' AND place.company_id IS NOT NULL
              ) term
            """,
            self._unbooked_query(),
        )

    def _unbooked_query(self):
        """What moved in wallets and is in no entry of the issuer: amount in minor units, and where it waits."""
        return SQL(
            """
            SELECT posting.amount,
                   CASE WHEN EXISTS (SELECT FROM tibillet_booked_transaction other
                                      WHERE other.transaction_id = posting.transaction_id) THEN 'mirror'
                        WHEN transaction.key LIKE 'pos.%%' THEN 'till' ELSE 'hand' END AS at
              FROM tibillet_ledger_posting posting
              JOIN tibillet_ledger_transaction transaction ON transaction.id = posting.transaction_id
              LEFT JOIN tibillet_booked_transaction mine
                     ON mine.transaction_id = posting.transaction_id AND mine.company_id = place.company_id
             WHERE posting.issuer_id = place.id AND posting.asset_id = asset.id
               AND posting.balance_id IS NOT NULL AND mine.id IS NULL
            """,
        )

    @api.depends("difference")
    def _compute_cause(self):
        for control in self:
            control.cause = control.state == "different" and "\n".join(control._causes())

    def _causes(self):
        """Sentences that share out the difference, exactly: difference = by hand + bookings + ledger."""
        [[items, bookings, ledger]] = self.env.execute_query(
            SQL(
                """
            SELECT -COALESCE(sum(line.balance) FILTER (WHERE move.tibillet_booking_id IS NULL), 0),
                   -COALESCE(sum(line.balance) FILTER (WHERE move.tibillet_booking_id IS NOT NULL), 0) - (
                       SELECT COALESCE(sum(posting.amount), 0) / %(unit)s
                         FROM tibillet_booked_transaction booked
                         JOIN tibillet_ledger_posting posting USING (transaction_id)
                        WHERE booked.company_id = %(company)s AND posting.asset_id = %(asset)s
                          AND posting.balance_id IS NOT NULL),
                   (SELECT COALESCE(sum(posting.amount), 0) / %(unit)s FROM tibillet_ledger_posting posting
                     WHERE posting.asset_id = %(asset)s AND posting.balance_id IS NOT NULL)
                   - (SELECT COALESCE(sum(amount), 0) / %(unit)s FROM tibillet_ledger_balance WHERE asset_id = %(asset)s)
              FROM account_move_line line JOIN account_move move ON move.id = line.move_id
             WHERE line.account_id = %(account)s AND line.parent_state = 'posted'
            """,
                unit=10**self.asset_id.decimal_places,
                company=self.company_id.id,
                asset=self.asset_id.id,
                account=self.account_id.id or None,
            )
        )
        account = self.account_id.with_company(self.company_id).display_name or self.env._("no account")
        sentences = [
            (items, self.env._("Entries made by hand on %s, without any wallet", account)),
            (bookings, self.env._("Wallet entries on %s that no longer say what was booked", account)),
            (
                ledger,
                self.env._("Stored balances that are not the sum of their movements: run the ledger's verification"),
            ),
        ]
        return [
            self.env._("%(cause)s: %(amount)s", cause=sentence, amount=self.currency_id.format(float(amount)))
            for amount, sentence in sentences
            if not self.currency_id.is_zero(float(amount))
        ]

    def _unbooked_domain(self):
        """Postings of holders that no entry of the issuer has taken."""
        self.ensure_one()
        return (
            Domain("asset_id", "=", self.asset_id.id)
            & Domain("balance_id", "!=", False)
            & Domain("transaction_id.booked_ids", "not any", [("company_id", "=", self.company_id.id)])
        )

    def _open(self, name, model, domain, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(domain),
            "context": context,
        }

    @api.model
    def action_open_settlement(self):
        """What venues owe each other, by venue."""
        return self._open(
            self.env._("Owed between venues"),
            "account.move.line",
            Domain("account_id", "in", self.env.companies.sudo().tibillet_settlement_account_id.ids) & POSTED,
            group_by=["partner_id"],
        )

    def action_open_items(self):
        return self._open(
            self.env._("Journal items"),
            "account.move.line",
            Domain("account_id", "=", self.account_id.id) & POSTED,
        )

    def action_open_tills(self):
        return self._open(
            self.env._("Open tills"),
            "tibillet.ledger.posting",
            self._unbooked_domain() & NOT_IN_BOOKS & Domain("transaction_id.key", "=like", "pos.%"),
        )

    def action_open_mirrors(self):
        return self._open(
            self.env._("Mirrors waiting"),
            "tibillet.booking",
            Domain("company_id", "=", self.company_id.id)
            & Domain("is_mirror", "=", True)
            & Domain("state", "!=", "posted"),
        )

    def action_open_by_hand(self):
        return self._open(
            self.env._("To book by hand"),
            "tibillet.ledger.posting",
            self._unbooked_domain() & NOT_IN_BOOKS & Domain("transaction_id.key", "not =like", "pos.%"),
        )

    def action_open_wallets(self):
        return self._open(
            self.env._("In the wallets"), "tibillet.ledger.balance", Domain("asset_id", "=", self.asset_id.id)
        )
