from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

HOURS = 26
MAX_HOURS = 366 * 24


class TibilletAsset(models.Model):
    """Whether what cards still hold of an asset may go back to its issuer, and when."""

    _inherit = "tibillet.asset"

    sweep_mode = fields.Selection(
        [("hand", "When a manager asks"), ("date", "On a date"), ("daily", "Every day")],
        "Sweep",
        tracking=True,
        help="Takes back what cards still hold, e.g. at a festival's end. Empty for never.",
    )
    sweep_date = fields.Date("Swept on", tracking=True)
    sweep_hours = fields.Integer(
        "Used within", default=HOURS, tracking=True, help="Only cards used here in the hours before the sweep."
    )
    sweep_linked = fields.Boolean(
        "Also cards of known people", tracking=True, help="Else only anonymous cards are swept."
    )

    _sweep_hours_range = models.Constraint(
        f"CHECK (sweep_hours BETWEEN 1 AND {MAX_HOURS})", "A sweep looks back from 1 hour to a year."
    )
    _sweep_date_given = models.Constraint(
        "CHECK (sweep_mode <> 'date' OR sweep_date IS NOT NULL)", "Choose the day of the sweep."
    )

    @api.constrains("sweep_mode", "share_ids", "place_id")
    def _check_sweep(self):
        for asset in self.filtered("sweep_mode"):
            asset._check_sweepable()

    @api.constrains("sweep_mode", "sweep_date")
    def _check_sweep_date(self):
        today = fields.Date.context_today(self)
        if any(asset.sweep_mode == "date" and asset.sweep_date < today for asset in self):
            raise ValidationError(self.env._("This day is over: choose a day to come for the sweep."))

    def _check_sweepable(self):
        """ValidationError unless this is an asset that its own venue alone issues and takes."""
        self.ensure_one()
        asset = self.sudo()
        if not asset.place_id.company_id:
            raise ValidationError(self.env._("%s is issued elsewhere: only its issuer may sweep it.", asset.name))
        if asset.share_ids:
            raise ValidationError(
                self.env._(
                    "%s is shared with a federation: what people hold of it is spent elsewhere too. It is never swept.",
                    asset.name,
                )
            )

    def action_prepare_sweep(self):
        """A sweep to look at, which takes nothing yet."""
        self.ensure_one()
        sweep = self.env["tibillet.sweep"].create(self._sweep_window())
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.sweep",
            "res_id": sweep.id,
            "view_mode": "form",
        }

    def _sweep_window(self):
        """Values of a sweep of the cards used until now, this second included."""
        until = fields.Datetime.now() + timedelta(seconds=1)
        return {
            "asset_id": self.id,
            "since": until - timedelta(hours=self.sweep_hours),
            "until": until,
            "linked": self.sweep_linked,
        }


class TibilletFederationShare(models.Model):
    _inherit = "tibillet.federation.share"

    @api.constrains("asset_id")
    def _check_not_swept(self):
        for share in self.filtered(lambda share: share.asset_id.sudo().sweep_mode):
            raise ValidationError(
                self.env._("%s is swept: stop that on the asset before you share it.", share.asset_id.name)
            )
