"""Odoo's program as a file: a prefork server starts its bus process by this very path, which `-m odoo` does not give."""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
