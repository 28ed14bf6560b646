"""Entries as Paheko imports them, format "Groupé": the first line of an entry says what it is, the others follow it.

Columns, words and limits: github.com/paheko/paheko, Accounting/Export.php, Accounting/Import.php and
Entities/Accounting/Transaction.php.
"""

from odoo.tools import SQL

from .table import Column, Table

ADVANCED = "Avancé"
# Bytes that Paheko takes in a label or a reference.
LONGEST = 199


class Paheko(Table):
    """One row a posted journal item, in the accounts of the association's own chart."""

    kind = "paheko"
    columns = (
        Column("Numéro d'écriture"),
        Column("Type"),
        Column("Statut"),
        Column("Libellé"),
        Column("Date"),
        Column("Remarques"),
        Column("Numéro pièce comptable"),
        Column("Numéro compte"),
        Column("Libellé compte"),
        Column("Débit"),
        Column("Crédit"),
        Column("Référence ligne"),
        Column("Libellé ligne"),
        Column("Rapprochement"),
        Column("Projet analytique"),
        Column("Membres associés"),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._entry = None

    def missing_accounts(self):
        """Accounts (account.account) of these entries that have no code in Paheko's chart."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT l.account_id FROM %s WHERE paheko.code IS NULL AND %s", self._tables(), self._chosen())
        )
        return self.env["account.account"].browse(id_ for (id_,) in rows).with_company(self.company).sorted("code")

    def _query(self):
        return SQL(
            """SELECT move.id, move.date, move.name, coalesce(nullif(move.ref, ''), move.name), %s, paheko.code, %s,
                      l.balance, l.ref, l.name
                 FROM %s WHERE %s ORDER BY move.date, move.id, l.id""",
            self._word(SQL("journal.name")),
            self._word(SQL("account.name")),
            self._tables(),
            self._chosen(),
        )

    def _tables(self):
        return SQL(
            """account_move_line l
               JOIN account_move move ON move.id = l.move_id
               JOIN account_journal journal ON journal.id = l.journal_id
               JOIN account_account account ON account.id = l.account_id
               LEFT JOIN tibillet_paheko_account paheko
                      ON paheko.account_id = l.account_id AND paheko.company_id = l.company_id"""
        )

    def _chosen(self):
        journals = self.options.get("journals")
        return SQL(
            "l.company_id = %s AND l.parent_state = 'posted' AND l.balance <> 0 AND l.date BETWEEN %s AND %s AND %s",
            self.company.id,
            self.date_from,
            self.date_to,
            SQL("l.journal_id = ANY(%s)", journals.ids) if journals else SQL("TRUE"),
        )

    def _row(self, row):
        entry, date, name, label, journal, code, account, balance, reference, line_label = row
        debit, credit = (balance, 0) if balance > 0 else (0, -balance)
        head = [None] * 7
        if entry != self._entry:
            self._entry = entry
            head = [None, ADVANCED, None, _short(label), f"{date:%d/%m/%Y}", journal, _short(name)]
        line = [code, account, _amount(debit), _amount(credit), _short(reference), _short(line_label)]
        return [*head, *line, None, None, None]


def _amount(value):
    return f"{value:.2f}".replace(".", ",")


def _short(text):
    """A text on one line, of no more bytes than Paheko takes."""
    return " ".join((text or "").split()).encode()[:LONGEST].decode(errors="ignore")
