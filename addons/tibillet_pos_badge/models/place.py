from odoo import fields, models

MAX_HOURS = 72


class TibilletPlace(models.Model):
    """How long a stay may last before its exit counts as forgotten."""

    _inherit = "tibillet.place"

    badge_hours = fields.Integer(
        "A stay lasts at most",
        default=16,
        tracking=True,
        help="After so many hours an entry without an exit is forgotten: it counts no hours, the next tap is an entry.",
    )

    _badge_hours_range = models.Constraint(
        f"CHECK (badge_hours BETWEEN 1 AND {MAX_HOURS})", "A stay lasts at most 1 to 72 hours."
    )
