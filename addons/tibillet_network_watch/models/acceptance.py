from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class TibilletAcceptance(models.Model):
    """A place takes a money, from a day to another: never deleted, so that the list of acceptors has a past."""

    _name = "tibillet.acceptance"
    _description = "Acceptor of a money"
    _order = "issuer_id, asset_id, place_id, since desc"
    _rec_name = "place_id"

    issuer_id = fields.Many2one(
        "tibillet.place", "Issuer", required=True, readonly=True, ondelete="restrict", index=True
    )
    asset_id = fields.Many2one("tibillet.asset", "Money", required=True, readonly=True, ondelete="restrict")
    place_id = fields.Many2one("tibillet.place", "Taken by", required=True, readonly=True, ondelete="restrict")
    since = fields.Date(required=True, readonly=True)
    until = fields.Date(readonly=True, help="Empty: taken today.")
    contract_on = fields.Date(
        "Agreement signed", help="Between the issuer and the acceptor: the authority asks for it."
    )

    _once = models.UniqueIndex("(place_id, asset_id) WHERE until IS NULL", "This place takes this money already.")
    _ordered = models.Constraint("CHECK (until IS NULL OR until >= since)", "It ends after it began.")

    def write(self, vals):
        """A person dates the agreement, nothing else."""
        if not self.env.su and vals.keys() != {"contract_on"}:
            raise AccessError(self.env._("Only the date of the agreement is yours to set: the rest is read."))
        return super().write(vals)

    @api.model
    def _keep(self):
        """Bring the list to today: who takes a money now, who no longer does, and who took it in the past."""
        kept, today = self.sudo(), fields.Date.today()
        taken = {
            (place.id, asset.id)
            for place in self.env["tibillet.place"].sudo().search([])
            for asset in place._accepted_assets()
            if asset.kind == "money"
        }
        kept.search([("until", "=", False)]).filtered(
            lambda row: (row.place_id.id, row.asset_id.id) not in taken
        ).until = today
        known = {(row.place_id.id, row.asset_id.id) for row in kept.search([])}
        paid = {
            (place.id, asset.id): (first, last)
            for place, asset, first, last in self.env["tibillet.network.volume"]
            .sudo()
            ._read_group([], ["acceptor_id", "asset_id"], ["date:min", "date:max"])
        }
        for key in taken | (paid.keys() - known):
            # Never listed: it was taken since the first payment there, until the last if it is taken no more.
            first, last = paid.get(key, (today, today)) if key not in known else (today, today)
            self._open(*key, first, None if key in taken else last)

    @api.model
    def _open(self, place_id, asset_id, since, until):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO tibillet_acceptance (place_id, asset_id, issuer_id, since, until, create_date, write_date)
                   SELECT %s, id, place_id, %s, %s, now(), now() FROM tibillet_asset WHERE id = %s
                   ON CONFLICT (place_id, asset_id) WHERE until IS NULL DO NOTHING""",
                place_id,
                since,
                until,
                asset_id,
            )
        )
        self.invalidate_model()
