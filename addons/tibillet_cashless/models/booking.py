from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class TibilletBooking(models.Model):
    """What one closing (or one operation of the back office) puts in the books of one company.

    The entry is an aggregate; the detail stays in the ledger, and ``tibillet.booked.transaction`` says which of its
    transactions are in whose books. At the merchant's closing the other venues concerned get a booking each, their
    mirror (booking_mirror.py).
    """

    _name = "tibillet.booking"
    _description = "Wallet booking"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, readonly=True)
    origin = fields.Char(required=True, readonly=True, help="What was closed, e.g. pos.session:12.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    merchant_id = fields.Many2one(
        "res.company",
        "Done by",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The venue of the act.",
    )
    is_mirror = fields.Boolean("Mirror", compute="_compute_is_mirror", store=True)
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("pending", "Waiting"), ("posted", "Booked"), ("failed", "To fix")],
        required=True,
        readonly=True,
        default="posted",
        tracking=True,
        index=True,
    )
    error = fields.Text("What prevents it", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        compute="_compute_amount", help="Total of the entry in the wallet journal, VAT on vouchers apart."
    )
    move_ids = fields.One2many("account.move", "tibillet_booking_id", "Entries", readonly=True)
    booked_ids = fields.One2many("tibillet.booked.transaction", "booking_id", "Operations", readonly=True)

    _once = models.UniqueIndex(
        "(origin, merchant_id, company_id)", "This closing is already in the books of this company."
    )

    @api.depends("company_id", "merchant_id")
    def _compute_is_mirror(self):
        for booking in self:
            booking.is_mirror = booking.company_id != booking.merchant_id

    @api.depends("move_ids.line_ids.balance", "move_ids.journal_id", "company_id.tibillet_wallet_journal_id")
    def _compute_amount(self):
        for booking in self:
            journal = booking.company_id.tibillet_wallet_journal_id
            moves = booking.move_ids.filtered(lambda move, journal=journal: move.journal_id == journal)
            vat = booking.company_id.tibillet_voucher_account_id
            moved = moves.line_ids.filtered(lambda line, vat=vat: line.display_type != "tax" and line.account_id != vat)
            booking.amount = sum(balance for balance in moved.mapped("balance") if balance > 0)

    @api.model
    def _of_closing(self, company, origin, name):
        """The booking (sudo) of what `company` closes under `origin` (e.g. pos.session:12), opened on first need."""
        bookings = self.sudo()
        closing = [("origin", "=", origin), ("company_id", "=", company.id), ("merchant_id", "=", company.id)]
        return bookings.search(closing) or bookings.create(
            {"name": name, "origin": origin, "company_id": company.id, "merchant_id": company.id}
        )

    def _post_spends(self, keys, account, amount):
        """Book what cards paid: one entry of the wallet journal, Dr 4191 or 467 for each asset, Cr `account`.

        :param keys: ledger keys of the payments and refunds
        :param account: what the payments settle, the till's receivable account (account.account)
        :param float amount: what the till says was paid, in the company's currency, refunds deducted
        :return: the posted account.move, empty when payments and refunds cancel out
        :raise UserError: a key is unknown here or already booked, or the ledger says another amount
        """
        lines = self._holder_lines(self._claim(keys))
        paid = self.company_id.currency_id.round(sum(line["balance"] for line in lines))
        self._refuse_difference(self.name, amount, paid)
        return self._post_entry(lines + self._voucher_lines(keys), account)

    def _post_operations(self, keys, account, partner=None):
        """Book operations done outside the tills, Dr or Cr 4191 or 467 against `account`, mirrors included."""
        lines = self._holder_lines(self._claim(keys))
        self._post_entry(lines + self._voucher_lines(keys), account, partner)
        self._schedule_mirrors()

    def _attach(self, keys, move):
        """Take the top-ups and pay-backs that `move`, the till's own entry, booked with its sales lines.

        :raise UserError: as above, or the entry's lines are not what the ledger credited
        """
        counted, said = defaultdict(float), defaultdict(float)
        for line in self._holder_lines(self._claim(keys)):
            counted[line["account_id"], line["partner_id"]] += line["balance"]
        for line in move.line_ids:
            said[line.account_id.id, line.partner_id.id] += line.balance
        for counterpart, balance in counted.items():
            self._refuse_difference(self.name, said[counterpart], balance)
        move.tibillet_booking_id = self
        self._post_entry(self._voucher_lines(keys), self.env["account.account"])

    def _refuse_difference(self, label, said, counted):
        currency = self.company_id.currency_id
        if currency.compare_amounts(said, counted):
            raise UserError(
                self.env._(
                    "%(label)s: the till says %(said)s, the wallets say %(counted)s. Nothing was booked.",
                    label=label,
                    said=currency.format(said),
                    counted=currency.format(counted),
                )
            )

    def _claim(self, keys):
        """Mark ledger transactions as booked here, all or nothing.

        :return: what holders gained by them, {asset: minor units}, for assets that are booked in euros
        """
        self.ensure_one()
        keys = set(keys)
        claimed = self.env.execute_query(
            SQL(
                """INSERT INTO tibillet_booked_transaction (booking_id, transaction_id, company_id)
               SELECT %s, t.id, place.company_id
                 FROM tibillet_ledger_transaction t JOIN tibillet_place place ON place.id = t.place_id
                WHERE t.key = ANY(%s) AND place.company_id = %s
               ON CONFLICT (transaction_id, company_id) DO NOTHING RETURNING transaction_id""",
                self.id,
                list(keys),
                self.company_id.id,
            )
        )
        if len(claimed) != len(keys):
            raise UserError(
                self.env._(
                    "%(name)s: %(count)s operations are not in this venue's ledger, or already in its books.",
                    name=self.name,
                    count=len(keys) - len(claimed),
                )
            )
        self._forget_booked()
        return self._holder_totals([row[0] for row in claimed])

    def _forget_booked(self):
        """What SQL wrote is not in the ORM's cache."""
        self.env["tibillet.booked.transaction"].invalidate_model()
        self.env["tibillet.ledger.transaction"].invalidate_model(["booked_ids"])
        self.invalidate_model(["booked_ids"])

    def _holder_totals(self, transaction_ids, issuer=None):
        """What holders gained, {asset: minor units}, in all booked assets or those of the company `issuer`.

        Gift enters the books when it is spent: nothing was received for it when it was given.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT posting.asset_id, sum(posting.amount)::bigint
                 FROM tibillet_ledger_posting posting
                 JOIN tibillet_ledger_transaction act ON act.id = posting.transaction_id
                 LEFT JOIN tibillet_ledger_transaction undone ON undone.id = act.reverses_id
                 JOIN tibillet_asset asset ON asset.id = posting.asset_id
                 JOIN tibillet_place issuer ON issuer.id = asset.place_id
                WHERE posting.transaction_id = ANY(%s) AND posting.balance_id IS NOT NULL AND %s
                  AND (asset.kind = 'money'
                       OR asset.kind = 'gift' AND COALESCE(undone.kind, act.kind) IN ('spend', 'refund'))
                GROUP BY posting.asset_id ORDER BY posting.asset_id""",
                transaction_ids,
                SQL("issuer.company_id = %s", issuer.id) if issuer else SQL("TRUE"),
            )
        )
        return {self.env["tibillet.asset"].browse(asset_id): total for asset_id, total in rows if total}

    def _holder_lines(self, totals):
        """Journal items that follow what holders gained: spent is debited, topped up credited."""
        lines = []
        for asset, total in totals.items():
            account, partner = asset._counterpart_account(self.company_id)
            lines.append(
                {
                    "name": asset.name,
                    "account_id": account.id,
                    "partner_id": partner.id,
                    "balance": -total / 10**asset.decimal_places,
                }
            )
        return lines

    def _post_entry(self, lines, account, partner=None):
        """Post `lines` in the wallet journal, balanced on `account`; nothing to post gives no entry."""
        has_tax = any("tax_tag_ids" in line for line in lines)
        moves = (
            self.env["account.move"]
            .with_company(self.company_id)
            .with_context(
                check_move_validity=True,
                # Lines of a tax say their amounts: Odoo would count them again, one by one.
                skip_invoice_sync=has_tax,
            )
        )
        if not lines:
            return moves
        self.company_id._tibillet_setup_books()
        rest = self.company_id.currency_id.round(-sum(line["balance"] for line in lines))
        if rest:
            partner_id = partner.id if partner else False
            lines = [*lines, {"name": self.name, "account_id": account.id, "partner_id": partner_id, "balance": rest}]
        move = moves.create(
            {
                "journal_id": self.company_id.tibillet_wallet_journal_id.id,
                "date": self._first_open_day(),
                "ref": self.name,
                "tibillet_booking_id": self.id,
                "line_ids": [fields.Command.create(line) for line in lines],
            }
        )
        move._post(soft=False)
        return move

    def _first_open_day(self):
        """The day of the act, or the first one after what the company has locked; of VAT returns, Odoo's post knows."""
        company = self.company_id
        locks = company._get_violated_lock_dates(self.date, False, company.tibillet_wallet_journal_id)
        return fields.Date.add(locks[-1][0], days=1) if locks else self.date

    def action_open_entries(self):
        return self.env["account.move"]._tibillet_open(Domain("tibillet_booking_id", "in", self.ids))

    def action_open_postings(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Operations"),
            "res_model": "tibillet.ledger.posting",
            "view_mode": "list",
            "domain": list(Domain("transaction_id.booked_ids.booking_id", "in", self.ids)),
        }
