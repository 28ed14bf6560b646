"""An event to repeat, and who may repeat it."""

EVENT = """
from datetime import timedelta
from odoo import fields

begin = fields.Datetime.now() + timedelta(days=30)
event = env["event.event"].create({
    "name": "Yoga", "date_begin": begin, "date_end": begin + timedelta(hours=2), "date_tz": "Europe/Paris",
    "event_mail_ids": [(5,)], "event_ticket_ids": [(0, 0, {"name": "Full"})],
})
env["res.users"].create({
    "name": "Manager", "login": "manager", "password": "manager",
    "group_ids": [(4, env.ref("event.group_event_manager").id)],
})
env.cr.commit()
result = [event.id, str(fields.Date.to_string(begin.date()))]
"""
