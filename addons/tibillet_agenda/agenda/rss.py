"""The agenda as RSS 2.0."""

import html
import re
from email.utils import format_datetime

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
MIMETYPE = "application/rss+xml"
TTL_MINUTES = "60"
# What XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(items, *, title, description, link, self_link, lang):
    """The bytes of a feed.

    :param items: pairs of an entry and the words that stand before its description (when, where)
    :param link: address of the page; `self_link`: of this feed
    :param lang: as in BCP 47
    """
    root = etree.Element("rss", version="2.0", nsmap={"atom": ATOM})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", link)
    _add(channel, "description", description)
    _add(channel, "language", lang)
    _add(channel, "ttl", TTL_MINUTES)
    items = list(items)
    if items:
        _add(channel, "lastBuildDate", format_datetime(max(entry.modified for entry, _words in items)))
    etree.SubElement(channel, f"{{{ATOM}}}link", href=self_link, rel="self", type=MIMETYPE)
    for entry, words in items:
        _add_item(channel, entry, words)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add_item(channel, entry, words):
    item = etree.SubElement(channel, "item")
    _add(item, "title", " ".join(entry.name.split()))
    _add(item, "link", entry.url)
    paragraphs = filter(None, (words, entry.subtitle, entry.description))
    _add(item, "description", "".join(f"<p>{html.escape(each, quote=False)}</p>" for each in paragraphs))
    _add(item, "guid", entry.uid).set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(entry.created))
    for tag in entry.tags:
        _add(item, "category", tag.name)


def _add(parent, name, words):
    element = etree.SubElement(parent, name)
    element.text = FORBIDDEN.sub("", words)
    return element
