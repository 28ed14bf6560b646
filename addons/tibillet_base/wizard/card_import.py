import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import card_csv, keyring

SHOWN = 200


class TibilletCardImport(models.TransientModel):
    _name = "tibillet.card.import"
    _description = "Import of a card batch"

    place_id = fields.Many2one(
        "tibillet.place",
        "Origin",
        required=True,
        default=lambda self: self.env.company.tibillet_place_id,
        help="The venue that issues these cards and answers for them.",
    )
    name = fields.Char("Batch", required=True, compute="_compute_batch", store=True, readonly=False)
    generation = fields.Integer(required=True, compute="_compute_batch", store=True, readonly=False)
    security_level = fields.Selection(
        lambda self: self.env["tibillet.card.batch"]._fields["security_level"].selection,
        required=True,
        default="uid",
    )
    file = fields.Binary(help="One card a line: https://…/qr/<uuid>,<printed number>,<tag of 8 hex digits>")
    filename = fields.Char()
    good_count = fields.Integer("Good lines", compute="_compute_preview")
    bad_count = fields.Integer("Bad lines", compute="_compute_preview")
    notice_count = fields.Integer("Shared tags", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    skip_bad = fields.Boolean("Leave the bad lines out")

    @api.depends("place_id")
    def _compute_batch(self):
        for wizard in self:
            wizard.generation = self.env["tibillet.card.batch"]._next_generation(wizard.place_id)
            wizard.name = self.env._(
                "%(place)s, generation %(generation)s",
                place=wizard.place_id.name or "",
                generation=wizard.generation,
            )

    @api.depends("file")
    def _compute_preview(self):
        for wizard in self:
            rows, problems, notices = wizard._read()
            wizard.good_count, wizard.bad_count, wizard.notice_count = len(rows), len(problems), len(notices)
            wizard.preview = wizard._problem_table(problems + notices) if problems or notices else False

    def _read(self):
        """(rows that can be imported, problems, notices), checked in the file and against the database."""
        if not self.file:
            return [], [], []
        rows, problems = card_csv.parse(base64.b64decode(self.with_context(bin_size=False).file))
        rows, known = self._split_known(rows)
        problems = sorted(problems + known)
        shared = card_csv.same_tag(rows)
        notices = [card_csv.Problem(line, "", "same_tag", other) for line, other in shared.items()]
        notices += [card_csv.Problem(row.line, "", "known_tag") for row in self._with_known_tag(rows)]
        return rows, problems, sorted(notices)

    def _split_known(self, rows):
        """Rows whose number or QR code no card has yet, and a problem for each other."""
        cards = self.env["tibillet.card"].sudo()
        found = {
            field: set(cards.search([(field, "in", [getattr(row, field) for row in rows])]).mapped(field))
            for field in ("number", "qr_uuid")
        }
        fresh, known = [], []
        for row in rows:
            code = next((f"known_{field}" for field, values in found.items() if getattr(row, field) in values), None)
            if code:
                known.append(card_csv.Problem(row.line, f"{row.number}", code))
            else:
                fresh.append(row)
        return fresh, known

    def _with_known_tag(self, rows):
        hashes = {digest: row for row in rows for digest in keyring.digests("tag", row.tag)}
        known = self.env["tibillet.card"].sudo().search([("tag_hash", "in", list(hashes)), ("state", "!=", "void")])
        return [hashes[digest] for digest in set(known.mapped("tag_hash"))]

    def _sentence(self, problem):
        return {
            "columns": self.env._("Three columns are expected: address, number, tag."),
            "url": self.env._("The address must look like https://…/qr/<uuid>."),
            "uuid": self.env._("The QR code is not a UUID of version 4."),
            "number": self.env._("The printed number must have eight letters or digits."),
            "tag": self.env._("The tag must have eight hexadecimal digits."),
            "too_many": self.env._("The file is too long: split it here."),
            "twice_number": self.env._("Same number as line %s.", problem.other),
            "twice_qr": self.env._("Same QR code as line %s.", problem.other),
            "known_number": self.env._("A card already bears this number."),
            "known_qr_uuid": self.env._("A card already bears this QR code."),
            "same_tag": self.env._(
                "Same tag as line %s: imported, but must be bound by its printed number.", problem.other
            ),
            "known_tag": self.env._("Same tag as a card in use: imported, but must be bound by its printed number."),
        }[problem.code]

    def _problem_table(self, problems):
        """What is wrong, line by line; the first ones when there are many."""
        lines = Markup().join(
            Markup("<tr><td class='text-end text-muted'>%s</td><td>%s</td><td><code>%s</code></td></tr>")
            % (problem.line, self._sentence(problem), problem.text[:80])
            for problem in problems[:SHOWN]
        )
        more = len(problems) - SHOWN
        if more > 0:
            lines += Markup("<tr><td></td><td colspan='2'>%s</td></tr>") % self.env._("and %s more", more)
        head = Markup("<thead><tr><th class='text-end'>%s</th><th>%s</th><th>%s</th></tr></thead>") % (
            self.env._("Line"),
            self.env._("What is wrong"),
            self.env._("Content"),
        )
        return Markup("<table class='table table-sm mb-0'>%s<tbody>%s</tbody></table>") % (head, lines)

    def action_import(self):
        """All the lines, or those that are good when the user chose to leave the bad ones out."""
        self.ensure_one()
        self.place_id._check_manager()
        rows, problems, _notices = self._read()
        if problems and not self.skip_bad:
            raise UserError(
                self.env._(
                    "%s lines are bad: nothing was imported. Correct the file, or choose to leave them out.",
                    len(problems),
                )
            )
        if not rows:
            raise UserError(self.env._("There is no card to import in this file."))
        batch = self.env["tibillet.card.batch"].create(
            {
                "name": self.name,
                "place_id": self.place_id.id,
                "generation": self.generation,
                "security_level": self.security_level,
                "qr_base_url": rows[0].base_url,
            }
        )
        batch._add_cards([row._asdict() for row in rows])
        return batch.action_open_cards()
