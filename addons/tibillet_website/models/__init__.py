from . import asked_mixin, card, login_link, password_request, res_partner, res_users, wallet
