{  # noqa: B018, a manifest is one expression
    "name": "TiBillet rig: IoT handlers on a plain machine",
    "summary": "Loads our handler files into iot_drivers the way an Odoo IoT Box does.",
    "version": "19.0.1.0.0",
    "author": "TiBillet cooperative",
    "license": "AGPL-3",
    "depends": ["web"],
    "installable": False,
}
