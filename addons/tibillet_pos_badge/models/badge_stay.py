from odoo import api, fields, models
from odoo.tools import SQL


class TibilletBadgeStay(models.Model):
    """Entries paired with their exits: who is in, who stayed how long. A forgotten exit counts no hours."""

    _name = "tibillet.badge.stay"
    _description = "Stay"
    _auto = False
    _order = "start desc, id desc"
    _rec_name = "holder"
    _depends = {
        "tibillet.badge": [
            "at", "direction", "card_id", "partner_id", "place_id", "company_id", "config_id", "entry_id", "deadline",
        ],
        "tibillet.card": ["number"],
        "res.partner": ["name"],
    }  # fmt: skip

    holder = fields.Char("Who", readonly=True, help="The person, or the number of an anonymous card.")
    partner_id = fields.Many2one("res.partner", "Person", readonly=True)
    card_id = fields.Many2one("tibillet.card", readonly=True)
    place_id = fields.Many2one("tibillet.place", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    config_id = fields.Many2one("pos.config", "Till", readonly=True)
    start = fields.Datetime("In", readonly=True)
    stop = fields.Datetime("Out", readonly=True)
    hours = fields.Float(readonly=True, aggregator="sum", help="Between entry and exit; none for a forgotten exit.")
    state = fields.Selection([("present", "Here"), ("done", "Over"), ("forgotten", "Exit forgotten")], readonly=True)
    since_text = fields.Char("For", compute="_compute_since_text")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT entry.id, COALESCE(person.name, card.number) AS holder, entry.partner_id, entry.card_id,
                   entry.place_id, entry.company_id, entry.config_id, entry.at AS start, leaving.at AS stop,
                   COALESCE(extract(epoch FROM leaving.at - entry.at) / 3600, 0) AS hours,
                   CASE WHEN leaving.id IS NOT NULL THEN 'done'
                        WHEN entry.deadline >= now() AT TIME ZONE 'UTC' THEN 'present'
                        ELSE 'forgotten' END AS state
              FROM tibillet_badge entry
              JOIN tibillet_card card ON card.id = entry.card_id
              LEFT JOIN res_partner person ON person.id = entry.partner_id
              LEFT JOIN tibillet_badge leaving ON leaving.entry_id = entry.id
             WHERE entry.direction = 'in'
            """
        )

    @api.depends("start", "stop", "state")
    def _compute_since_text(self):
        now = fields.Datetime.now()
        for stay in self:
            minutes = int(((stay.stop or now) - stay.start).total_seconds() // 60) if stay.start else 0
            stay.since_text = False if stay.state == "forgotten" else f"{minutes // 60} h {minutes % 60:02d}"
