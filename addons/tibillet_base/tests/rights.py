from odoo.tests import TransactionCase, tagged

LETTERS = {"perm_read": "r", "perm_write": "w", "perm_create": "c", "perm_unlink": "u"}


@tagged("post_install", "-at_install")
class RightsCase(TransactionCase):
    """Who may do what with an addon's models, as a table that a person read: for a class in each addon's own tests.

    A model that is not in the table fails, and so does a right that the table does not say.
    """

    maxDiff = None

    def assertRights(self, table):
        """`table`: {model: (its rows of records, {group: letters of read, write, create, unlink})}.

        Rows: ``own`` where rules keep each reader to their companies or more narrowly, else ``all``.
        """
        models = self.env["ir.model"].sudo().search([("model", "=like", "tibillet.%")])
        kept = [model for model in models if not self.env[model.model]._abstract]
        mine = [model for model in kept if self.env[model.model]._original_module == self.test_module]
        self.assertEqual({model.model: self._said(model) for model in mine}, table)

    def _said(self, model):
        rows = model.access_ids.filtered("active")
        rights = {
            row.group_id.get_external_id().get(row.group_id.id, "everyone"): "".join(
                letter for name, letter in LETTERS.items() if row[name]
            )
            for row in rows
        }
        readers = rows.filtered("perm_read").group_id
        return "own" if all(self._is_kept(model, group) for group in readers) else "all", rights

    def _is_kept(self, model, group):
        """Whether a rule narrows what this group reads."""
        rules = model.rule_ids.filtered(lambda rule: rule.active and rule.perm_read)
        return any(not rule.groups or rule.groups & (group | group.all_implied_ids) for rule in rules)
