def uninstall_hook(env):
    """Odoo drops tables only."""
    env.cr.execute("DROP FUNCTION IF EXISTS tibillet_closing_append_only CASCADE")
