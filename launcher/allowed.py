"""Warnings of Odoo's log that are allowed, each with the reason why it is no fault of ours."""

# (pattern searched in "logger: message", reason)
ALLOWED = [
    (
        r"odoo\.sql_db: bad query: .{0,9}UPDATE \"discuss_channel_member\".*could not serialize access",
        "Odoo's chat: two pages of one person note what they read at once; Odoo tries the second again.",
    ),
]
