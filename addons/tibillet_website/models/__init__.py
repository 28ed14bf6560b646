from . import card, login_link, res_partner, res_users, wallet
