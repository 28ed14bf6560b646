from odoo import fields, models
from odoo.tools import SQL


class FakeRead(models.Model):
    """A record that is read by its own company and, when shared, by all."""

    _name = "tibillet.fake.read"
    _module = None  # of no addon: only the test that adds it knows it
    _inherit = ["tibillet.reader.mixin"]
    _description = "Read by its company"

    company_id = fields.Many2one("res.company")
    shared = fields.Boolean()

    def _readers(self):
        return SQL("""
            SELECT id, company_id FROM tibillet_fake_read
             UNION ALL
            SELECT fake.id, company.id FROM tibillet_fake_read fake CROSS JOIN res_company company WHERE fake.shared
        """)
