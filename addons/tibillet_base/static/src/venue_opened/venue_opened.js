import { browser } from "@web/core/browser/browser";
import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** Load the page anew in the company that was just created: the session of the open page does not know it. */
function showVenue(env, { params: { place_id, company_id } }) {
    const companies = [company_id, ...user.activeCompanies.map((company) => company.id)];
    cookie.set("cids", [...new Set(companies)].join("-"));
    browser.location.assign(`/odoo/action-tibillet_base.action_place/${place_id}`);
}

registry.category("actions").add("tibillet_base.venue_opened", showVenue);
