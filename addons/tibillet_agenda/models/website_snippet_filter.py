from odoo import fields, models
from odoo.fields import Domain


class WebsiteSnippetFilter(models.Model):
    _inherit = "website.snippet.filter"

    def _tibillet_agenda(self, limit, search_domain):
        """The agenda's next events as values of Odoo's own event blocks (list of dict).

        `search_domain` comes from any browser, and the agenda is read as superuser: of it, tags alone are heard.
        """
        website = self.env["website"].get_current_website()
        domain = Domain("date_end", ">", fields.Datetime.now()) & self._tibillet_asked_tags(website, search_domain)
        rows = self._filter_records_to_values(website._tibillet_agenda_events(domain, limit=limit))
        for row in rows:
            if row["_record"].company_id not in (website.company_id, website.company_id.browse()):
                row["call_to_action_url"] = row["_record"]._tibillet_home()
        return rows

    def _tibillet_asked_tags(self, website, search_domain):
        """The tags that the block's editor chose, as a Domain; anything else asked finds nothing."""
        domain = Domain.TRUE
        for condition in search_domain or []:
            match condition:
                case ["tag_ids", "in", list() as ids] if all(isinstance(number, int) for number in ids):
                    tags = self.env["event.tag"].sudo().search([("id", "in", ids)]).filtered(website._tibillet_tells)
                    domain &= Domain("tag_ids", "in", tags.ids)
                case _:
                    return Domain.FALSE
        return domain
