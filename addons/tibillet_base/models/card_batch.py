import base64
import secrets
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import keyring

# Without 0/O and 1/I: people read these aloud at the bar.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MOST_AT_ONCE = 20_000


class TibilletCardBatch(models.Model):
    _name = "tibillet.card.batch"
    _description = "Card batch"
    _inherit = ["image.mixin"]
    _order = "id desc"

    name = fields.Char(required=True)
    place_id = fields.Many2one(
        "tibillet.place",
        "Origin",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.company.tibillet_place_id,
    )
    generation = fields.Integer(required=True, default=1)
    security_level = fields.Selection(
        [("uid", "UID only"), ("sun", "NTAG 424 DNA (SUN)"), ("aes", "AES mutual authentication")],
        required=True,
        default="uid",
        help="What the chip proves at a tap. A UID can be copied: the balance stands on the server, with ceilings.",
    )
    qr_base_url = fields.Char("QR address", help="What stands before /qr/… in the QR codes of these cards.")
    card_ids = fields.One2many("tibillet.card", "batch_id", "Cards")
    card_count = fields.Integer("Number of cards", compute="_compute_counts")
    active_count = fields.Integer("In use", compute="_compute_counts")
    problem_count = fields.Integer("Lost or blocked", compute="_compute_counts")

    _generation_unique = models.Constraint(
        "UNIQUE (place_id, generation)",
        "This place already has a batch of that generation.",
    )
    _generation_positive = models.Constraint("CHECK (generation > 0)", "Generations are counted from one.")

    @api.depends("card_ids.state")
    def _compute_counts(self):
        counts = {}
        for batch, state, count in self.env["tibillet.card"]._read_group(
            [("batch_id", "in", self.ids)],
            ["batch_id", "state"],
            ["__count"],
        ):
            counts.setdefault(batch.id, {})[state] = count
        for batch in self:
            states = counts.get(batch.id, {})
            batch.card_count = sum(states.values())
            batch.active_count = states.get("active", 0)
            batch.problem_count = states.get("lost", 0) + states.get("blocked", 0)

    @api.onchange("place_id")
    def _onchange_place_id(self):
        self.generation = self._next_generation(self.place_id)

    @api.model
    def _next_generation(self, place):
        last = self.sudo().search([("place_id", "=", place.id)], order="generation desc", limit=1)
        return (last.generation or 0) + 1

    def write(self, vals):
        """Cards stay with the venue that issued them: it answers for them."""
        if "place_id" in vals and any(batch.place_id.id != vals["place_id"] for batch in self):
            raise UserError(self.env._("A batch stays with its place of origin."))
        return super().write(vals)

    def _add_cards(self, rows):
        """Create cards in this batch; returns them.

        `rows`: dicts with `number`, `qr_uuid` and at most one of `uid` (full, hex) and `tag` (8 hex). Only hashes are kept.
        """
        self.ensure_one()
        cards = self.env["tibillet.card"].with_context(mail_create_nolog=True, tracking_disable=True)
        return (
            cards.sudo()
            .create(
                [
                    {"batch_id": self.id, "number": row["number"], "qr_uuid": row["qr_uuid"], **self._chip(row)}
                    for row in rows
                ]
            )
            .with_env(self.env)
        )

    def _chip(self, row):
        if row.get("uid"):
            uid = self.env["tibillet.card"]._normalise_uid(row["uid"])
            return {
                "uid_hash": keyring.digest("uid", uid),
                "tag_hash": keyring.digest("tag", uid[:8]),
                "key_id": keyring.current_key_id(),
            }
        if row.get("tag"):
            return {"tag_hash": keyring.digest("tag", row["tag"].upper()), "key_id": keyring.current_key_id()}
        return {}

    def _generate(self, count):
        """Draw `count` new cards without a chip: printed numbers and QR codes for the printer."""
        self.ensure_one()
        if not 0 < count <= MOST_AT_ONCE:
            raise UserError(self.env._("Make between 1 and %s cards at once.", MOST_AT_ONCE))
        numbers = set()
        while len(numbers) < count:
            drawn = {"".join(secrets.choice(ALPHABET) for _ in range(8)) for _ in range(count - len(numbers))}
            taken = self.env["tibillet.card"].sudo().search([("number", "in", list(drawn))]).mapped("number")
            numbers |= drawn - set(taken)
        return self._add_cards([{"number": number, "qr_uuid": str(uuid.uuid4())} for number in sorted(numbers)])

    def next_to_enrol(self):
        """{number, left}: the next card that has no chip yet (false when none is left), and how many lack one."""
        self.ensure_one()
        self.check_access("read")
        domain = [("batch_id", "=", self.id), ("chip_state", "=", "none"), ("state", "!=", "void")]
        cards = self.env["tibillet.card"]
        return {"number": cards.search(domain, limit=1).number, "left": cards.search_count(domain)}

    def enrol(self, number, uid):
        """Bind the chip that a reader typed to the card `number` of this batch; answers like `next_to_enrol`."""
        self.ensure_one()
        card = self.env["tibillet.card"].search([("batch_id", "=", self.id), ("number", "=", number)])
        if not card:
            raise UserError(self.env._("No card of this batch bears the number %s.", number))
        card.action_bind(uid)
        return self.next_to_enrol()

    def action_enrol(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "tibillet_base.chip_dialog",
            "name": self.env._("Enrol cards"),
            "params": {"mode": "enrol", "batch_id": self.id},
        }

    def _sheet_rows(self, columns=4):
        """The cards still in play, by rows of a printed sheet."""
        cards = self.card_ids.filtered(lambda card: card.state != "void")
        return [cards[start : start + columns] for start in range(0, len(cards), columns)]

    def _qr_image(self, card):
        """The card's QR code as a picture that stands in the page itself: no request of the printer's for each card."""
        png = self.env["ir.actions.report"].barcode("QR", card.qr_url, width=220, height=220, quiet=0)
        return f"data:image/png;base64,{base64.b64encode(png).decode()}"

    def action_open_cards(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_base.action_card")
        return {**action, "domain": [("batch_id", "=", self.id)], "context": {}}

    def action_export_numbers(self):
        """The file that a card printer wants: QR address and printed number, a line a card."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/tibillet/batch/{self.id}/cards.csv", "target": "download"}
