"""Warnings of Odoo's log that are allowed, each with the reason why it is no fault of ours."""

# (pattern searched in "logger: message", reason)
ALLOWED = []
