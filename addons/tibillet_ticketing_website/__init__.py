from . import controllers, models, wizard


def post_init_hook(env):
    """The first price a visitor reads is the one they pay: taxes are in it, as the law asks where the public buys."""
    env["website"].search([]).show_line_subtotals_tax_selection = "tax_included"
