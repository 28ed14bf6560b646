def uninstall_hook(env):
    """Odoo drops the columns and tables of models only."""
    env.cr.execute(
        """DROP TABLE IF EXISTS tibillet_fiscal_entry;
           DROP FUNCTION IF EXISTS tibillet_fiscal_digest(integer);
           DROP FUNCTION IF EXISTS tibillet_fiscal_kept() CASCADE"""
    )
