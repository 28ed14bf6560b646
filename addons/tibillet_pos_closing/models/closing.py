import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import keyring, ledger

from ..append_only import protect
from ..proof import chain

LEVELS = [("session", "Ticket Z"), ("day", "Day"), ("month", "Month"), ("year", "Year")]

_LAST = """SELECT number, hash, round(perpetual_sales * 100)::bigint, round(perpetual_top_ups * 100)::bigint
             FROM tibillet_closing WHERE company_id = %s AND level = %s ORDER BY number DESC LIMIT 1"""


class TibilletClosing(models.Model):
    """What a session, a day, a month or a year made, sealed: numbered without a gap, chained, signed, for good.

    What counts is `payload`, the text that was signed; the columns beside it are for lists, and verified against it.
    """

    _name = "tibillet.closing"
    _description = "Closing of a till or a period"
    _order = "id desc"

    level = fields.Selection(LEVELS, required=True, readonly=True, index=True)
    number = fields.Integer("No.", required=True, readonly=True, aggregator=None)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    session_id = fields.Many2one("pos.session", readonly=True, ondelete="restrict", index="btree_not_null")
    config_id = fields.Many2one("pos.config", "Till", readonly=True, ondelete="restrict")
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime("To", required=True, readonly=True, index=True)
    first = fields.Integer("First ticket Z", readonly=True, aggregator=None)
    last = fields.Integer("Last ticket Z", readonly=True, aggregator=None)
    currency_id = fields.Many2one(related="company_id.currency_id")
    total_sales = fields.Monetary("Sales", readonly=True)
    total_top_ups = fields.Monetary("Top-ups less pay-backs", readonly=True)
    perpetual_sales = fields.Monetary("Perpetual sales", readonly=True, aggregator=None)
    perpetual_top_ups = fields.Monetary("Perpetual top-ups", readonly=True, aggregator=None)
    payload = fields.Text("Signed text", required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    previous_hash = fields.Char("Hash of the one before", required=True, readonly=True)
    signature = fields.Char(readonly=True)
    public_key = fields.Char(readonly=True, help="Whoever has this key verifies the signature: it is no secret.")
    report_html = fields.Html("Report", compute="_compute_report_html", sanitize=False)

    _number_once = models.UniqueIndex("(company_id, level, number)", "This closing is numbered already.")
    _session_once = models.UniqueIndex("(session_id) WHERE session_id IS NOT NULL", "This session is closed already.")

    def init(self):
        protect(self.env.cr, self._table)

    @api.depends("level", "number")
    def _compute_display_name(self):
        labels = dict(self._fields["level"]._description_selection(self.env))
        for closing in self:
            closing.display_name = self.env._("%(level)s no. %(n)s", level=labels[closing.level], n=closing.number)

    @api.depends("payload")
    def _compute_report_html(self):
        for closing in self:
            closing.report_html = self.env["tibillet.closing.report"]._html(closing._shown())

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A closing is not rewritten."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("A closing is not deleted."))

    def _content(self):
        """What was signed (dict of chain.payload)."""
        self.ensure_one()
        return json.loads(self.payload)

    def _shown(self):
        """What the report shows of this closing (dict of tibillet.closing.report)."""
        return self.env["tibillet.closing.report"]._of_closing(self)

    @api.model
    def _seal(self, company, level, figures, **values):
        """Number, chain, sign and store a closing (sudo), in the caller's transaction.

        :param dict figures: as :class:`figures.SessionFigures` counts them
        :param values: date_from, and session_id, or date_to, first, last (numbers of tickets Z), until (hash of the last)
        """
        until = values.pop("until", None)
        number, previous, *perpetual = self._head(company, level)
        values.setdefault("date_to", fields.Datetime.now())
        totals = [figures["sales"], figures["top_ups"]["amount"] + figures["pay_backs"]["amount"]]
        perpetual = [before + now for before, now in zip(perpetual, totals, strict=True)]
        content = {
            "company": company.id,
            "place": company.tibillet_place_id.uuid,
            "level": level,
            "number": number + 1,
            "previous": previous,
            "from": fields.Datetime.to_string(values["date_from"]),
            "to": fields.Datetime.to_string(values["date_to"]),
            "totals": totals,
            "perpetual": perpetual,
            "figures": figures,
        }
        if level == "session":
            content["session"] = self.env["pos.session"].browse(values["session_id"]).name
        else:
            content.update(first=values["first"], last=values["last"], until=until)
        text = chain.payload(content)
        return self.sudo().create(
            {
                "company_id": company.id,
                "level": level,
                "number": number + 1,
                "payload": text,
                "hash": chain.digest(text),
                "previous_hash": previous,
                "total_sales": totals[0] / 100,
                "total_top_ups": totals[1] / 100,
                "perpetual_sales": perpetual[0] / 100,
                "perpetual_top_ups": perpetual[1] / 100,
                **self._signed(company, text),
                **values,
            }
        )

    def _head(self, company, level):
        """(number, hash, perpetual sales, perpetual top-ups) of the last closing; the next waits until this commits.

        Read a second time by a cursor of its own: this transaction's snapshot is older than what it waited for.
        """
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext('tibillet_closing'), %s)", [company.id])
        heads = [(0, chain.GENESIS, 0, 0)]
        with ledger.own_cursor(self.env) as fresh:
            for cr in (self.env.cr, fresh):
                cr.execute(_LAST, [company.id, level])
                heads += cr.fetchall()
        return max(heads)

    def _signed(self, company, text):
        """Signature and public key; none in a copy of the database, which must not sign."""
        if not keyring.is_original(self.env):
            return {}
        place = company.tibillet_place_id.uuid
        return {
            "signature": keyring.sign(self.env, place, text.encode()), "public_key": keyring.public_key(place),
        }  # fmt: skip

    def action_open_session(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "pos.session",
            "res_id": self.session_id.id,
            "view_mode": "form",
        }
