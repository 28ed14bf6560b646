from . import controllers, models, wizard


def post_init_hook(env):
    """The first price a visitor reads is the one they pay: taxes are in it, as the law asks where the public buys.

    Nobody makes an account to buy: the shop opens a page for it, which would tell who has one; a link by mail signs in.
    """
    env["website"].search([]).write(
        {
            "show_line_subtotals_tax_selection": "tax_included",
            "account_on_checkout": "disabled",
            "auth_signup_uninvited": "b2b",
        }
    )
