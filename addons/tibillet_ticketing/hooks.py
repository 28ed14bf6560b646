from . import seats


def post_init_hook(env):
    """Attendees who stood in the database before count too."""
    env.cr.execute("SELECT tibillet_seat_recount()")


def uninstall_hook(env):
    """Odoo drops the tables that a model shows; trigger and functions go here."""
    seats.remove(env.cr)
