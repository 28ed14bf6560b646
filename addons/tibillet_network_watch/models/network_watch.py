from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# Directive (EU) 2015/2366, article 37(2): above it within twelve months, the issuer notifies its authority.
THRESHOLD = 1_000_000
ALERT_SHARE = 0.8


class TibilletNetworkWatch(models.Model):
    """How much was paid in an issuer's money within twelve months, against the threshold of limited networks."""

    _name = "tibillet.network.watch"
    _description = "Limited network of an issuer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "issuer_id"
    _rec_name = "issuer_id"

    issuer_id = fields.Many2one("tibillet.place", "Issuer", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", compute="_compute_volume")
    volume = fields.Monetary("Twelve months", compute="_compute_volume")
    threshold = fields.Monetary(compute="_compute_volume")
    share = fields.Float("Share of the threshold", compute="_compute_volume", digits=(16, 4))
    level = fields.Selection(
        [("below", "Below"), ("near", "At 80 %"), ("over", "Above: to notify")], compute="_compute_volume"
    )
    acceptor_count = fields.Integer("Acceptors", compute="_compute_acceptor_count")
    notified_on = fields.Date("Authority notified", tracking=True, help="The day the file was handed over.")
    warned = fields.Selection([("near", "At 80 %"), ("over", "Above")], readonly=True, copy=False)

    _once = models.UniqueIndex("(issuer_id)", "This issuer is watched already.")

    def _compute_volume(self):
        self.env.flush_all()
        euro, today = self.env.ref("base.EUR").sudo(), fields.Date.today()
        for watch in self:
            company = watch.issuer_id.sudo().company_id
            groups = watch._volumes()._read_group(watch._volume_domain(), ["currency_id"], ["amount:sum"])
            watch.currency_id = euro
            watch.threshold = THRESHOLD
            watch.volume = sum(currency._convert(amount, euro, company, today) for currency, amount in groups)
            watch.share = watch.volume / THRESHOLD
            near = watch.volume >= ALERT_SHARE * THRESHOLD
            watch.level = "over" if watch.volume > THRESHOLD else "near" if near else "below"

    def _compute_acceptor_count(self):
        for watch in self:
            rows = self.env["tibillet.acceptance"].sudo().search(watch._acceptance_domain(until=False))
            watch.acceptor_count = len(rows.place_id)

    def write(self, vals):
        """A person dates the notification, nothing else."""
        if not self.env.su and not vals.keys() <= {"notified_on", "activity_ids", "message_follower_ids"}:
            raise AccessError(self.env._("Only the date of the notification is yours to set: the rest is counted."))
        return super().write(vals)

    def _volumes(self):
        return self.env["tibillet.network.volume"].sudo()

    def _volume_domain(self):
        """The payments of the twelve months that end today."""
        since = fields.Date.today() - relativedelta(years=1)
        return Domain("issuer_id", "=", self.issuer_id.id) & Domain("date", ">", since)

    def _acceptance_domain(self, **values):
        return Domain("issuer_id", "=", self.issuer_id.id) & Domain.AND(
            Domain(name, "=", value) for name, value in values.items()
        )

    @api.model
    def _keep(self):
        """Bring acceptors to today, and watch each company that issues a money."""
        self.env["tibillet.acceptance"]._keep()
        self.env.cr.execute(
            SQL(
                """INSERT INTO tibillet_network_watch (issuer_id, create_date, write_date)
                   SELECT DISTINCT place.id, now(), now()
                     FROM tibillet_asset asset JOIN tibillet_place place ON place.id = asset.place_id
                    WHERE asset.kind = 'money' AND place.company_id IS NOT NULL
                   ON CONFLICT (issuer_id) DO NOTHING"""
            )
        )
        self.invalidate_model()

    @api.model
    def _cron_watch(self):
        """Tell the issuer's accountants, once at 80 % and once above, until it is lower again."""
        self._keep()
        for watch in self.sudo().search([]):
            level = False if watch.level == "below" else watch.level
            if level == "over" and watch.warned != "over" or level and not watch.warned:
                watch._warn()
            watch.warned = level

    def _warn(self):
        self.issuer_id.company_id._tibillet_tell_accountants(self, lambda watch: watch._warning())

    def _warning(self):
        """(subject, sentence) for the issuer's accountants."""
        words = self.env._(
            "%(amount)s were paid in the money of %(issuer)s within twelve months. Above %(threshold)s, the exclusion for "
            "limited networks is to be notified to the authority: print the file and have it read by your adviser.",
            amount=self.currency_id.format(self.volume),
            issuer=self.issuer_id.name,
            threshold=self.currency_id.format(self.threshold),
        )
        return self.env._("Limited network"), words

    def _acceptors_table(self):
        """Rows of the file: [acceptor, money, since, until, agreement, volume of twelve months, currency]."""
        self.ensure_one()
        groups = self._volumes()._read_group(self._volume_domain(), ["acceptor_id", "asset_id"], ["amount:sum"])
        volumes = {(place, asset): amount for place, asset, amount in groups}
        rows = self.env["tibillet.acceptance"].sudo().search(self._acceptance_domain())
        earlier = self._earlier(rows)
        return [
            [
                row.place_id.name,
                row.asset_id.name,
                row.since,
                row.until or None,
                row.contract_on or None,
                # One that came back has several lines: its volume stands on the last.
                0.0 if row in earlier else float(volumes.get((row.place_id, row.asset_id), 0)),
                row.asset_id.currency_id.name,
            ]
            for row in rows
        ]

    def _earlier(self, rows):
        """The lines of `rows` that a later one of the same place and money follows."""
        last = {}
        for row in rows.sorted("since"):
            last[row.place_id, row.asset_id] = row
        return rows.filtered(lambda row: last[row.place_id, row.asset_id] != row)

    def _months_table(self):
        """Rows of the file, oldest first: [month as YYYY-MM, acceptor, money, payments, volume, currency]."""
        self.ensure_one()
        groups = self._volumes()._read_group(
            self._volume_domain(), ["date:month", "acceptor_id", "asset_id"], ["payments:sum", "amount:sum"]
        )
        return [
            [f"{month:%Y-%m}", place.name, asset.name, int(payments), float(amount), asset.currency_id.name]
            for month, place, asset, payments, amount in sorted(
                groups, key=lambda row: (row[0], row[1].name, row[2].id)
            )
        ]

    @api.model
    def action_open_page(self):
        """Count, then show."""
        self.check_access("read")
        self.sudo()._keep()
        return self.env["ir.actions.act_window"]._for_xml_id("tibillet_network_watch.network_watch_action")

    def action_open_volumes(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_network_watch.network_volume_action")
        return {**action, "domain": list(self._volume_domain())}

    def action_open_acceptors(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_network_watch.acceptance_action")
        return {**action, "domain": list(self._acceptance_domain())}

    def action_download(self):
        return {"type": "ir.actions.act_url", "url": f"/tibillet/network/{self.id}/file.xlsx", "target": "download"}
