from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class Forgotten(AuthSignupHome):
    def get_auth_signup_qcontext(self):
        """Stock sends whoever adds an address to the page's to the log-in page, if it has an account: only with a token of it."""
        qcontext = super().get_auth_signup_qcontext()
        if not qcontext.get("token") or qcontext.get("invalid_token"):
            qcontext.pop("signup_email", None)
        return qcontext
