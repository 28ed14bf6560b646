from . import card, login_link, mail_mail, res_partner, res_users, wallet
