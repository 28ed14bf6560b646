{
    "name": "TiBillet ticketing on the web",
    "summary": "Seats are held while somebody pays, and a payment that comes too late goes back by itself",
    "version": "19.0.1.0.0",
    "category": "Marketing/Events",
    "author": "TiBillet cooperative",
    "website": "https://tibillet.org",
    "license": "AGPL-3",
    "depends": ["tibillet_ticketing", "website_event_sale", "tibillet_payment"],
    "data": [
        "data/mail_templates.xml",
        "views/held_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tibillet_ticketing_website/static/src/**/*"],
    },
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
