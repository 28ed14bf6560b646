def uninstall_hook(env):
    """Odoo drops tables only."""
    env.cr.execute("DROP FUNCTION IF EXISTS tibillet_till_at_counter")
