"""Who may log in to the demo: the table that `up` prints.

The logins are made by the addons' demo data; a line here is shown when its login exists.
"""

# (login, password, who it is)
LOGINS = [
    ("camille", "camille", "manager of Le Bar du Fond"),
    ("sacha", "sacha", "cashier of Le Bar du Fond"),
    ("dominique", "dominique", "accountant of Le Bar du Fond"),
    ("noa", "noa", "manager of La Grange"),
    ("eden", "eden", "cashier of La Grange"),
    ("lou", "lou", "manager of the Festival des Deux Rives"),
    ("robin", "robin", "cashier of the Festival des Deux Rives"),
    ("alix", "alix", "manager of the network"),
    ("maelle@people.example", "maelle@people.example", "holder of a card, on the website"),
    ("admin", "admin", "administrator"),
]

# The tills of the demo's places: (name of the till, name of the place, path below the address).
TILLS = """
    SELECT config.name, place.name, '/pos/ui/' || config.id
    FROM pos_config AS config
    JOIN tibillet_place AS place USING (company_id)
    WHERE config.active AND place.active
    ORDER BY place.id, config.id
"""

# Whether holders see their wallet on the web.
WEB = "SELECT to_regclass('tibillet_login_link') IS NOT NULL"
