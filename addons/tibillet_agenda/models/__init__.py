from . import event_event, event_structured, res_config_settings, website, website_snippet_filter
