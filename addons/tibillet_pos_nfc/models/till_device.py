from odoo import Command, api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.http import request

# Key of the HTTP session of a paired till: its device's id.
DEVICE = "tibillet_device"


class TibilletTillDevice(models.Model):
    """A tablet or a phone that serves as a till, or as the reader of another till.

    It is paired once by a PIN, keeps a token of which the server knows a hash only, and may be withdrawn at any time.
    """

    _name = "tibillet.till.device"
    _description = "Till device"
    _inherit = ["mail.thread"]
    _order = "state, name"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [("till", "Till"), ("reader", "Reader of a till")],
        required=True,
        default="till",
        tracking=True,
        help="A till sells. A reader is a phone that lends its NFC reader to a till.",
    )
    config_id = fields.Many2one("pos.config", "Till", required=True, ondelete="restrict", index=True, tracking=True)
    company_id = fields.Many2one(related="config_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Acts as",
        check_company=True,
        ondelete="restrict",
        help="The user under whom the device works; empty for the venue's own user of its tills.",
    )
    state = fields.Selection(
        [("new", "To pair"), ("paired", "Paired"), ("revoked", "Withdrawn")],
        required=True,
        readonly=True,
        default="new",
        copy=False,
        tracking=True,
    )
    pin_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    pin_expires_at = fields.Datetime("PIN valid until", readonly=True, copy=False)
    pin_shown = fields.Char("PIN", compute="_compute_pin_shown")
    pair_url = fields.Char("Address", compute="_compute_pin_shown")
    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    last_tap = fields.Float(readonly=True, copy=False, groups=fields.NO_ACCESS, digits=(20, 0))
    paired_on = fields.Datetime(readonly=True, copy=False)
    last_seen = fields.Datetime(readonly=True, copy=False)
    browser = fields.Char(readonly=True, copy=False)

    _pin_once = models.UniqueIndex("(pin_hash) WHERE pin_hash IS NOT NULL", "This PIN is waiting for another device.")

    @api.depends_context("tibillet_pin")
    def _compute_pin_shown(self):
        """The PIN is only known while it is shown: the database has its hash."""
        pin = str(self.env.context.get("tibillet_pin") or "")
        for device in self:
            device.pin_shown = f"{pin[:3]} {pin[3:]}" if pin else False
            device.pair_url = f"{device.get_base_url()}/tibillet/pair"

    @api.constrains("user_id")
    def _check_user(self):
        for user in self.user_id.sudo():
            if not user.has_group("point_of_sale.group_pos_user"):
                raise ValidationError(self.env._("%s may not use the tills: a device cannot act as them.", user.name))
            if user.has_group("tibillet_base.group_manager") or user.has_group("base.group_system"):
                raise ValidationError(
                    self.env._(
                        "A device acts as a cashier, never as a manager: anyone may touch it. Choose another user."
                    )
                )

    def write(self, vals):
        if self.filtered(lambda device: device.state == "paired") and vals.keys() & {"kind", "config_id", "user_id"}:
            raise ValidationError(
                self.env._("A paired device keeps its till and its user: withdraw it and pair it anew.")
            )
        result = super().write(vals)
        if "state" in vals:
            self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never_paired(self):
        if self.filtered("paired_on"):
            raise ValidationError(self.env._("A device that was paired stays on the list: withdraw it instead."))

    # --- its life ---------------------------------------------------------------------------------------------------

    def action_revoke(self):
        """Withdraw: the next act of these devices is refused, and their screens say so at once."""
        self.check_access("write")
        self._revoke()

    def _revoke(self):
        devices = self.sudo()
        devices.write({"state": "revoked", "token_hash": False, "pin_hash": False, "pin_expires_at": False})
        for till in devices.config_id:
            ids = devices.filtered(lambda device, till=till: device.config_id == till).ids
            till._notify("TIBILLET_DEVICE_REVOKED", {"devices": ids})

    @tools.ormcache("device_id")
    def _is_live(self, device_id):
        """Whether a device still serves."""
        device = self.sudo().browse(device_id).exists()
        return device.state == "paired" and device.config_id.active

    def _seen(self):
        """Note that the device is alive, once a minute, without making its requests wait for each other."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                """UPDATE tibillet_till_device SET last_seen = now() AT TIME ZONE 'utc' WHERE id IN (
                       SELECT id FROM tibillet_till_device
                        WHERE id = ANY(%s)
                          AND (last_seen IS NULL OR last_seen < now() AT TIME ZONE 'utc' - interval '1 minute')
                          FOR UPDATE SKIP LOCKED)""",
                [self.ids],
            )

    @api.model
    def _current(self):
        """The device (sudo) that sends this request, possibly none."""
        device_id = request.session.get(DEVICE) if request else None
        return self.sudo().browse(device_id or ()).exists()

    # --- who it acts as, who hears of it ----------------------------------------------------------------------------

    def _acting_user(self):
        """The user (sudo) under whom the device works; the venue's is made at need."""
        self.ensure_one()
        device = self.sudo()
        return device.user_id or device.company_id._tibillet_tills_user()

    def _managers(self):
        """Who hears of a new device: the managers of its venue, by mail."""
        self.ensure_one()
        managers = self.env.ref("tibillet_base.group_manager").sudo().all_user_ids
        company = self.sudo().company_id
        return managers.filtered(lambda user: user.active and user.email and company in user.company_ids)

    def _managers_emails(self):
        return ",".join(self._managers().mapped("email_formatted"))


class ResCompany(models.Model):
    _inherit = "res.company"

    def _tibillet_tills_user(self):
        """The user (sudo) of this venue's tills: a cashier who logs in by a paired device only."""
        self.ensure_one()
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        login = f"tills-{self.id}"
        return users.with_context(active_test=False).search([("login", "=", login)]) or users.create(
            {
                "name": self.env._("Tills of %s", self.name),
                "login": login,
                "company_id": self.id,
                "company_ids": [Command.set(self.ids)],
                "group_ids": [Command.set([self.env.ref("tibillet_base.group_cashier").id])],
            }
        )


class PosConfig(models.Model):
    _inherit = "pos.config"

    tibillet_device_ids = fields.One2many(
        "tibillet.till.device", "config_id", "Devices", groups="tibillet_base.group_manager"
    )

    @api.model
    def _load_pos_data_read(self, records, config):
        """The till knows which device shows it, to say so when that one is withdrawn."""
        read_records = super()._load_pos_data_read(records, config)
        device = self.env["tibillet.till.device"]._current()
        if device:
            device._seen()
        for record in read_records:
            record["_tibillet_has_reader"] = bool(
                self.env["tibillet.till.device"]
                .sudo()
                .search_count([("config_id", "=", config.id), ("kind", "=", "reader"), ("state", "!=", "revoked")])
            )
            record["_tibillet_device"] = {"id": device.id, "name": device.name} if device else False
        return read_records

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env.registry.clear_cache()
        return result

    def action_tibillet_devices(self):
        self.ensure_one()
        if not self.env.user.has_group("tibillet_base.group_manager"):
            raise AccessError(self.env._("A manager of the venue pairs its devices."))
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_pos_nfc.action_till_device")
        return {**action, "domain": [("config_id", "=", self.id)], "context": {"default_config_id": self.id}}
