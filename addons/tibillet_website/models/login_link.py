import hashlib
import secrets
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessDenied
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize, escape_psql, single_email_re

from odoo.addons.tibillet_base import ledger

LIFE = timedelta(minutes=30)
# Wrong numbers typed at one link, before it is over.
TRIES = 5
KEPT = timedelta(days=30)


def digest(token):
    """What the database keeps of a link: reading it opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


class TibilletLoginLink(models.Model):
    """A door that opens once: sent by mail, it signs its reader in, and says that the address is theirs."""

    _name = "tibillet.login.link"
    _description = "One-time link"
    _inherit = ["tibillet.asked.mixin"]
    _rec_name = "email"
    _order = "id desc"

    digest = fields.Char(required=True, readonly=True)
    purpose = fields.Selection(
        [("sign_in", "Sign in"), ("link", "Link a card"), ("erase", "Erase my data")],
        required=True,
        default="sign_in",
        readonly=True,
    )
    card_id = fields.Many2one("tibillet.card", readonly=True, ondelete="cascade", help="The card to link once opened.")
    expires_at = fields.Datetime(required=True, readonly=True)
    used_at = fields.Datetime(readonly=True)
    tries = fields.Integer("Wrong numbers", readonly=True, help="Numbers typed that are not the card's.")

    subject = fields.Char(compute="_compute_subject")

    _digest_unique = models.UniqueIndex("(digest)", "This link exists already.")

    @api.depends("purpose")
    @api.depends_context("lang")
    def _compute_subject(self):
        words = {
            "sign_in": self.env._("Your wallet"),
            "link": self.env._("Is this card yours?"),
            "erase": self.env._("Erase your data"),
        }
        for link in self:
            link.subject = words[link.purpose]

    @api.model
    def _ask(self, email, origin, purpose="sign_in", card=None):
        """Mail a link to `email`, whoever that is: nobody learns from the answer who is known here.

        :param str email: as typed
        :param str origin: network address of who asks
        :param card: tibillet.card to link, confirmed by opening the mail
        :return: whether this is an address at all; one asked for too often gets no further mail
        """
        address = email_normalize(email or "")
        if not address or len(address) > 254 or not single_email_re.fullmatch(address):
            return False
        with ledger.own_cursor(self.env) as cr:
            # READ COMMITTED: each counts the links that others have just asked for.
            self.with_env(self.env(cr=cr, su=True))._make(address, origin, purpose, card)
        return True

    def _make(self, address, origin, purpose, card):
        origin = self._keyed(origin)
        if self._is_asked_too_often(address, origin):
            return
        token = secrets.token_urlsafe(32)
        link = self.create(
            {
                "email": address,
                "digest": digest(token),
                "origin": origin,
                "purpose": purpose,
                "card_id": card.id if card else False,
                "expires_at": fields.Datetime.now() + LIFE,
            }
        )
        link._mail(token)

    def _mail(self, token):
        """The mail leaves by Odoo's own queue, at once: the page answers as fast for a known address as for another."""
        template = self.env.ref("tibillet_website.mail_template_link").sudo()
        template.with_context(
            # Of the website that was asked, as configured: a request's own Host header is never mailed.
            tibillet_url=f"{self.env['website'].get_current_website().get_base_url()}/wallet/in/{token}",
            tibillet_staff=bool(self._staff()),
            lang=self.env.lang,
        ).send_mail(self.id)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _staff(self):
        """People of the back office sign in with their password or passkey: a mailbox is not enough for a till."""
        theirs = Domain("login", "=ilike", escape_psql(self.email)) | Domain("email_normalized", "=", self.email)
        return self.env["res.users"].sudo().search(theirs & Domain("share", "=", False), limit=1)

    @api.model
    def _of_token(self, token):
        """The link (sudo) that may still be opened, else empty."""
        return self.sudo().search(
            [
                ("digest", "=", digest(token or "")),
                ("used_at", "=", False),
                ("expires_at", ">", fields.Datetime.now()),
            ],
            limit=1,
        )

    def _door(self):
        """What a page's form says of the link that it shows; it opens nothing."""
        return self.digest[:16]

    def _is_shown(self, number):
        """Whether `number`, as typed, is that of the card to link: whoever asked may know it, its holder reads it."""
        self.ensure_one()
        card = self.env["tibillet.card"]._of_print(number)
        if card and card == self.card_id:
            return True
        self.tries += 1
        if self.tries >= TRIES:
            self.used_at = fields.Datetime.now()
        return False

    def _open(self):
        """Whether this call opened the link: of two at once, one does."""
        self.ensure_one()
        self.flush_recordset()
        # Of two at once, the second fails, is tried again by Odoo, and finds the link over: no error to write down.
        self.env.cr.execute(
            SQL(
                """UPDATE tibillet_login_link SET used_at = now() AT TIME ZONE 'UTC'
                    WHERE id = %s AND used_at IS NULL AND expires_at > now() AT TIME ZONE 'UTC' RETURNING id""",
                self.id,
            ),
            log_exceptions=False,
        )
        opened = self.env.cr.fetchone()
        self.invalidate_recordset(["used_at"])
        return bool(opened)

    def _user(self):
        """The reader's user (sudo), signed up at first need with what is known of the address.

        The login alone says whose an account is: a portal user may write any address on their own partner.
        Empty for people of the back office, and for an account that was closed.
        """
        users = self.env["res.users"].sudo().with_context(active_test=False)
        if not self:
            return users
        same = users.search([("login", "=ilike", escape_psql(self.email))])
        if user := same.filtered(lambda user: user.login == self.email) or same[:1]:
            return user if user.active and user.share else users
        return users if self._staff() else self._sign_up()

    def _sign_up(self):
        """A portal user for the one person known by this address, else for a new one."""
        known = self._known()
        values = {"login": self.email, "email": self.email, "lang": self.env.lang}
        values |= {"partner_id": known.id} if known else {"name": self.email.partition("@")[0]}
        if known.company_id:
            values |= {"company_id": known.company_id.id, "company_ids": [Command.set(known.company_id.ids)]}
        return self.env["res.users"].sudo()._create_user_from_template(values)

    def _known(self):
        """The person (sudo) with this address, else empty: not somebody's delivery address, nor one of two.

        Whoever bought without an account was written down anew each time, and is nobody yet.
        """
        people = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("email_normalized", "=", self.email),
                    ("user_ids", "=", False),
                    ("is_company", "=", False),
                    ("parent_id", "=", False),
                    ("tibillet_unproven", "=", False),
                ],
                limit=2,
            )
        )
        return people if len(people) == 1 else people.browse()

    def _user_or_denied(self):
        """AccessDenied for a link that is over, and for whoever may not enter this way."""
        user = self._user()
        if not user:
            raise AccessDenied()
        return user

    @api.autovacuum
    def _gc_links(self):
        """A link that is over says who asked when: it is not kept."""
        self.sudo().search([("create_date", "<", fields.Datetime.now() - KEPT)]).unlink()
