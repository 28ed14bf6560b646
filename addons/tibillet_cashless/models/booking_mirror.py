import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .asset import BOOKED_KINDS

_logger = logging.getLogger(__name__)


class TibilletBooking(models.Model):
    """The issuer's side of what another venue closed: its own entry, on its own day, by a job of its own."""

    _inherit = "tibillet.booking"

    def _schedule_mirrors(self):
        """Open a waiting booking at each other issuer concerned, and wake the job that posts them."""
        mirrors = self.browse()
        for booking in self:
            closing = [("origin", "=", booking.origin), ("merchant_id", "=", booking.company_id.id)]
            known = self.search(closing).company_id
            mirrors |= self.create(
                [
                    {
                        "name": booking.name,
                        "origin": booking.origin,
                        "date": booking.date,
                        "state": "pending",
                        "company_id": issuer_id,
                        "merchant_id": booking.company_id.id,
                    }
                    for issuer_id in booking._other_issuer_ids()
                    if issuer_id not in known.ids
                ]
            )
        if mirrors:
            self.env.ref("tibillet_cashless.cron_post_mirrors").sudo()._trigger()
        return mirrors

    def _other_issuer_ids(self):
        """Ids of the companies, this one apart, whose assets moved in this booking."""
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """SELECT DISTINCT issuer.company_id
                 FROM tibillet_booked_transaction booked
                 JOIN tibillet_ledger_posting posting ON posting.transaction_id = booked.transaction_id
                 JOIN tibillet_asset asset ON asset.id = posting.asset_id AND asset.kind IN %s
                 JOIN tibillet_place issuer ON issuer.id = asset.place_id
                WHERE booked.booking_id = %s AND issuer.company_id <> %s ORDER BY 1""",
                    BOOKED_KINDS,
                    self.id,
                    self.company_id.id,
                )
            )
        ]

    def _post_mirror(self):
        """Post the issuer's entry: Dr 4191 for what its holders spent there, Cr 467 for what it now owes the merchant."""
        self.ensure_one()
        transaction_ids = [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """INSERT INTO tibillet_booked_transaction (booking_id, transaction_id, company_id)
               SELECT %(mirror)s, source.transaction_id, %(issuer)s
                 FROM tibillet_booked_transaction source
                 JOIN tibillet_booking booking ON booking.id = source.booking_id
                WHERE booking.origin = %(origin)s
                  AND booking.company_id = %(merchant)s AND booking.merchant_id = %(merchant)s
                  AND EXISTS (SELECT FROM tibillet_ledger_posting posting
                                JOIN tibillet_place place ON place.id = posting.issuer_id
                               WHERE posting.transaction_id = source.transaction_id AND place.company_id = %(issuer)s)
               RETURNING transaction_id""",
                    mirror=self.id,
                    issuer=self.company_id.id,
                    origin=self.origin,
                    merchant=self.merchant_id.id,
                )
            )
        ]
        self._forget_booked()
        merchant = self.merchant_id.partner_id
        lines = self._holder_lines(self._holder_totals(transaction_ids, issuer=self.company_id))
        self.company_id._tibillet_setup_books()
        self._post_entry(lines, self.company_id.tibillet_settlement_account_id, merchant)
        self.write({"state": "posted", "error": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _fail(self, error):
        """Keep the reason where the issuer's accountant will see it; the job tries again."""
        self.write({"state": "failed", "error": str(error)})
        accountant = self.company_id._tibillet_accountants()[:1]
        if accountant and not self.activity_ids:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=accountant.id,
                note=str(error),
                summary=self.env._("Book what was done at %s", self.merchant_id.name),
            )

    def _try_mirrors(self):
        """Post each mirror, or keep its reason; one never stops the next. Yields them as they are done."""
        for mirror in self:
            if not (mirror := mirror.try_lock_for_update()) or mirror.state == "posted":
                continue
            try:
                with self.env.cr.savepoint():
                    mirror.with_company(mirror.company_id)._post_mirror()
            except OperationalError:
                raise  # a conflict with another transaction: the caller starts again
            except Exception as error:  # whatever it is, the next venue's entry does not wait for it
                if not isinstance(error, UserError):
                    _logger.exception("Mirror %s of company %s", mirror.origin, mirror.company_id.id)
                mirror._fail(error)
            yield mirror

    @api.model
    def _cron_post_mirrors(self):
        mirrors = self.search([("is_mirror", "=", True), ("state", "!=", "posted")], order="id")
        left = len(mirrors)
        for _mirror in mirrors._try_mirrors():
            left -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    def action_book_now(self):
        """The accountant has mended the cause."""
        if not self.env.user.has_group("tibillet_base.group_accountant"):
            raise AccessError(self.env._("Only an accountant books a mirror."))
        self.check_access("read")
        list(self.sudo().filtered("is_mirror")._try_mirrors())
