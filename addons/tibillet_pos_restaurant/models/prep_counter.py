from odoo import api, fields, models

from odoo.addons.tibillet_base import ledger


class PrepCounter(models.Model):
    """The last number that each screen gave. Not a column of the screen, which every ticket's foreign key reads."""

    _name = "tibillet.prep.counter"
    _description = "Number of a preparation ticket"
    _log_access = False

    screen = fields.Integer("Screen's id", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)

    _screen_unique = models.Constraint("UNIQUE (screen)", "A screen counts its tickets once.")

    @api.model
    def _next(self, screen, day):
        """The next number of a screen's day, from 1. Committed by itself: thirty tills do not wait for each other."""
        with ledger.statement_cursor(self.env) as cr:
            cr.execute(
                """INSERT INTO tibillet_prep_counter AS counter (screen, day, number) VALUES (%s, %s, 1)
                   ON CONFLICT (screen) DO UPDATE
                      SET number = CASE WHEN counter.day < excluded.day THEN 1 ELSE counter.number + 1 END,
                          day = greatest(counter.day, excluded.day)
                   RETURNING number""",
                [screen.id, day],
            )
            return cr.fetchone()[0]
