"""Who may log in to the demo: the table that `up` prints.

The logins are made by the addons' demo data; a line here is shown when its login exists.
"""

# (login, password, what to try)
LOGINS = [
    ("admin", "admin", "everything: settings, all venues"),
]
