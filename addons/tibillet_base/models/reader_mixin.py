from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class TibilletReaderMixin(models.AbstractModel):
    """Records without a company, read by the venues they concern.

    The rule asks PostgreSQL: a rule through a one2many would leave other venues' lines in the cache of whoever reads.
    """

    _name = "tibillet.reader.mixin"
    _description = "Read by the venues concerned"

    reader_company_ids = fields.Many2many(
        "res.company",
        string="Read by",
        compute="_compute_reader_company_ids",
        search="_search_reader_company_ids",
        compute_sudo=True,
    )

    @api.model
    def _readers(self):
        """SQL that yields (id of a record, company that reads it)."""
        raise NotImplementedError

    def _compute_reader_company_ids(self):
        self.env.flush_all()
        readers = {}
        for [record, company] in self.env.execute_query(
            SQL(
                "SELECT id, company_id FROM (%s) reader WHERE id = ANY(%s) AND company_id IS NOT NULL",
                self._readers(),
                self._origin.ids,
            )
        ):
            readers.setdefault(record, []).append(company)
        for record in self:
            record.reader_company_ids = readers.get(record._origin.id, [])

    def _search_reader_company_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env.flush_all()
        readers, companies = self._readers(), list(value)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "EXISTS (SELECT FROM (%s) reader WHERE reader.id = %s AND reader.company_id = ANY(%s))",
                readers,
                SQL.identifier(alias, "id"),
                companies,
            )
        )


class TibilletCard(models.Model):
    """A card is read by the venue that issued it and by those whose asset it holds."""

    _name = "tibillet.card"
    _inherit = ["tibillet.card", "tibillet.reader.mixin"]

    def _readers(self):
        return SQL("""
            SELECT card.id, place.company_id FROM tibillet_card card JOIN tibillet_place place ON place.id = card.place_id
             UNION ALL
            SELECT card.id, issuer.company_id FROM tibillet_card card
              JOIN tibillet_ledger_balance balance ON balance.wallet_id = card.wallet_id AND balance.amount <> 0
              JOIN tibillet_asset asset ON asset.id = balance.asset_id
              JOIN tibillet_place issuer ON issuer.id = asset.place_id
             UNION ALL
            SELECT card.id, issuer.company_id FROM tibillet_card card
              JOIN tibillet_wallet wallet ON wallet.partner_id = card.partner_id
              JOIN tibillet_ledger_balance balance ON balance.wallet_id = wallet.id AND balance.amount <> 0
              JOIN tibillet_asset asset ON asset.id = balance.asset_id
              JOIN tibillet_place issuer ON issuer.id = asset.place_id
        """)


class TibilletWallet(models.Model):
    """A wallet is read by the venue of its card, of its holder's cards, of itself, and by those whose asset it holds."""

    _name = "tibillet.wallet"
    _inherit = ["tibillet.wallet", "tibillet.reader.mixin"]

    def _readers(self):
        return SQL("""
            SELECT wallet.id, place.company_id FROM tibillet_wallet wallet
              JOIN tibillet_place place ON place.id = wallet.place_id
             UNION ALL
            SELECT wallet.id, place.company_id FROM tibillet_wallet wallet
              JOIN tibillet_card card ON card.id = wallet.card_id JOIN tibillet_place place ON place.id = card.place_id
             UNION ALL
            SELECT wallet.id, place.company_id FROM tibillet_wallet wallet
              JOIN tibillet_card card ON card.partner_id = wallet.partner_id
              JOIN tibillet_place place ON place.id = card.place_id
             UNION ALL
            SELECT balance.wallet_id, issuer.company_id FROM tibillet_ledger_balance balance
              JOIN tibillet_asset asset ON asset.id = balance.asset_id
              JOIN tibillet_place issuer ON issuer.id = asset.place_id
             WHERE balance.amount <> 0
        """)


class TibilletLedgerTransaction(models.Model):
    """A transaction is read by the place of the act and by the issuers of what moved."""

    _name = "tibillet.ledger.transaction"
    _inherit = ["tibillet.ledger.transaction", "tibillet.reader.mixin"]

    def _readers(self):
        return SQL("""
            SELECT act.id, place.company_id FROM tibillet_ledger_transaction act
              JOIN tibillet_place place ON place.id = act.place_id
             UNION ALL
            SELECT posting.transaction_id, issuer.company_id FROM tibillet_ledger_posting posting
              JOIN tibillet_place issuer ON issuer.id = posting.issuer_id
        """)
