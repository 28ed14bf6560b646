from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, float_is_zero

HOLD_AGE = timedelta(days=1)


class TibilletControl(models.Model):
    """A number of one company that must be zero: counted when the page is opened, and each night.

    A kind is a value of the selection, a sentence of :meth:`_meanings`, and two methods named after it:
    ``_number_<kind>`` counts, ``_open_<kind>`` shows what is behind. Other addons add theirs.
    """

    _name = "tibillet.control"
    _description = "Control"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, company_id, id"
    _mail_post_access = "read"

    company_id = fields.Many2one("res.company", "Venue", required=True, readonly=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [
            ("wallets", "Wallets against the books"),
            ("balances", "Balances against their movements"),
            ("clearing", "Clearing accounts"),
            ("holds", "Holds older than a day"),
            ("mirrors", "Bookings of other venues that failed"),
            ("voucher_vat", "VAT on vouchers against the wallets"),
        ],
        "Control",
        required=True,
        readonly=True,
    )
    number = fields.Float(readonly=True, tracking=True, help="Zero, or something is wrong.")
    shown = fields.Char("Number shown", compute="_compute_shown")
    meaning = fields.Text("What it says", compute="_compute_shown")
    state = fields.Selection(
        [("different", "To fix"), ("zero", "Zero")], "Status", compute="_compute_state", store=True, index=True
    )
    counted_at = fields.Datetime("Counted", readonly=True)

    _once = models.UniqueIndex("(company_id, kind)", "This control is on the page already.")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        titles = dict(self._fields["kind"]._description_selection(self.env))
        for control in self:
            control.display_name = titles.get(control.kind)

    @api.depends("number")
    def _compute_state(self):
        for control in self:
            control.state = "zero" if float_is_zero(control.number, precision_digits=6) else "different"

    @api.depends("number", "kind")
    @api.depends_context("lang")
    def _compute_shown(self):
        for control in self:
            currency = control.company_id.currency_id
            is_amount = control.kind in self._amounts()
            control.shown = currency.format(control.number) if is_amount else str(round(control.number))
            control.meaning = control._meanings().get(control.kind)

    @api.model
    def _amounts(self):
        """Kinds whose number is money of the company; the others count things."""
        return {"wallets", "clearing"}

    @api.model
    def _meanings(self):
        """What each kind says when it is not zero, and what to do: {kind: sentence}."""
        return {
            "wallets": self.env._(
                "What the books owe to the holders of your money, and what their wallets hold, differ. Open it: the cause "
                "is named, currency by currency."
            ),
            "balances": self.env._(
                "Stored balances that are not the sum of their movements: the database was changed by hand. Run "
                "./tibillet verify, and restore a backup."
            ),
            "clearing": self.env._(
                "Wallet entries whose counterpart nothing has settled, or that were left on the wallet journal's suspense "
                "account. Reconcile them."
            ),
            "holds": self.env._(
                "Amounts reserved on wallets for more than a day and neither taken nor given back. Close the till that "
                "reserved them."
            ),
            "mirrors": self.env._(
                "What your money did at other venues could not be booked here. Each says why: mend it, then Book now."
            ),
        }

    # --- counting ---------------------------------------------------------------------------------------------------

    @api.model
    def _count(self, companies):
        """Count every control of `companies` now.

        :return: the controls (sudo), of any state
        """
        self.env.flush_all()
        kinds = [kind for kind, _title in self._fields["kind"]._description_selection(self.env)]
        self.env.cr.execute(
            SQL(
                """INSERT INTO tibillet_control (company_id, kind, number, state, create_date, write_date)
                   SELECT company, kind, 0, 'zero', now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                     FROM unnest(%s) company, unnest(%s) kind
                   ON CONFLICT (company_id, kind) DO NOTHING""",
                companies.ids,
                kinds,
            )
        )
        self.invalidate_model()
        controls = self.sudo().search([("company_id", "in", companies.ids), ("kind", "in", kinds)])
        for control in controls:
            company = control.company_id
            number = getattr(control.with_company(company), f"_number_{control.kind}")()
            control.write({"number": number, "counted_at": fields.Datetime.now()})
        return controls

    def _number_wallets(self):
        found = self.env["tibillet.wallet.control"].search(self._of_company())
        return sum(abs(control.difference) for control in found)

    def _number_balances(self):
        [[count]] = self.env.execute_query(
            SQL(
                """SELECT count(*)
                     FROM tibillet_ledger_balance balance
                     JOIN tibillet_asset asset ON asset.id = balance.asset_id
                     JOIN tibillet_place place ON place.id = asset.place_id AND place.company_id = %s
                     LEFT JOIN (SELECT balance_id, sum(amount) AS amount FROM tibillet_ledger_posting GROUP BY balance_id)
                               moved ON moved.balance_id = balance.id
                    WHERE balance.amount <> COALESCE(moved.amount, 0)""",
                self.company_id.id,
            )
        )
        return count

    def _number_clearing(self):
        items = self.env["account.move.line"].search(self._clearing_domain())
        return sum(abs(item.amount_residual if item.account_id.reconcile else item.balance) for item in items)

    def _clearing_domain(self):
        """Wallet entries that wait for something: an unsettled receivable, or anything on the suspense account."""
        journal = self.company_id.sudo().tibillet_wallet_journal_id
        receivable = (
            Domain("move_id.tibillet_booking_id", "!=", False)
            & Domain("account_id.account_type", "=", "asset_receivable")
            & Domain("reconciled", "=", False)
            & Domain("amount_residual", "!=", 0)
        )
        suspense = Domain("journal_id", "=", journal.id) & Domain("account_id", "=", journal.default_account_id.id)
        return self._of_company() & Domain("parent_state", "=", "posted") & (receivable | suspense)

    def _number_holds(self):
        return self.env["tibillet.ledger.hold"].search_count(self._holds_domain())

    def _holds_domain(self):
        return (
            Domain("state", "=", "held")
            & Domain("created_at", "<", fields.Datetime.now() - HOLD_AGE)
            & Domain("place_id.company_id", "=", self.company_id.id)
        )

    def _number_mirrors(self):
        return self.env["tibillet.booking"].search_count(self._mirrors_domain())

    def _mirrors_domain(self):
        return self._of_company() & Domain("state", "=", "failed")

    def _of_company(self):
        return Domain("company_id", "=", self.company_id.id)

    # --- the page ---------------------------------------------------------------------------------------------------

    @api.model
    def action_open_page(self):
        """Count, then show the page of the companies in use."""
        if not self.env.user.has_group("tibillet_base.group_accountant"):
            raise AccessError(self.env._("The controls are the accountants' page."))
        self._count(self._watched() & self.env.companies)
        return self.env["ir.actions.act_window"]._for_xml_id("tibillet_cashless.control_action")

    def action_open(self):
        """What is behind the number."""
        self.ensure_one()
        return getattr(self, f"_open_{self.kind}")()

    def action_count(self):
        """Count again after something was mended."""
        self.check_access("read")
        self._count(self.company_id)

    def _list(self, model, domain, name=None):
        return {
            "type": "ir.actions.act_window",
            "name": name or self.display_name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(domain),
        }

    def _open_wallets(self):
        return self._list("tibillet.wallet.control", self._of_company())

    def _open_balances(self):
        return self._list("tibillet.ledger.balance", Domain("asset_id.place_id.company_id", "=", self.company_id.id))

    def _open_clearing(self):
        return self._list("account.move.line", self._clearing_domain())

    def _open_holds(self):
        return self._list("tibillet.ledger.hold", self._holds_domain()) | {"view_mode": "list"}

    def _open_mirrors(self):
        return self._list("tibillet.booking", self._mirrors_domain())

    # --- the night --------------------------------------------------------------------------------------------------

    @api.model
    def _watched(self):
        """The companies that have a place."""
        return self.env["tibillet.place"].sudo().search([("company_id", "!=", False)]).company_id

    @api.model
    def _cron_count(self):
        """Count every venue's controls, and tell the accountant of one that is not zero, once."""
        for company in self._watched():
            self._count(company)._tell()
            self.env["ir.cron"]._commit_progress(1)

    def _tell(self):
        todo = "mail.mail_activity_data_todo"
        for control in self:
            if control.state == "zero":
                control.activity_unlink([todo])
            elif not control.activity_ids and (user := control.company_id._tibillet_accountants()[:1]):
                shown = control.with_context(lang=user.lang)
                note = f"{shown.shown}. {shown.meaning}"
                control.activity_schedule(todo, user_id=user.id, summary=shown.display_name, note=note)
